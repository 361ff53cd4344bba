package io.gatehouse.delivery.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;

/**
 * Where endpoints may be, so that nobody reads our own network through us: on the internet and
 * encrypted, or anywhere if the operator says so.
 */
public record DestinationPolicy(boolean anywhere) {

  private static final int LONGEST = 2_048;
  private static final int HIGHEST_PORT = 65_535;

  /** What is wrong with a URL, whatever address its host has. */
  public Optional<String> objection(URI url) {
    if (!"https".equals(url.getScheme()) && !(anywhere && "http".equals(url.getScheme()))) {
      return Optional.of("'url' must begin with https:// .");
    }
    if (url.getHost() == null || url.getPort() == 0 || url.getPort() > HIGHEST_PORT) {
      return Optional.of("'url' has no host and port that can be reached.");
    }
    if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
      return Optional.of("'url' must have no user name, password or fragment.");
    }
    return url.toString().length() > LONGEST
        ? Optional.of("'url' must have at most " + LONGEST + " characters.")
        : Optional.empty();
  }

  /** What is wrong with an address of a host. */
  public Optional<String> objection(String host, InetAddress address) {
    return anywhere || InternetAddresses.contain(address)
        ? Optional.empty()
        : Optional.of(
            "The host '"
                + host
                + "' is at "
                + address.getHostAddress()
                + ", which is not an address on the internet.");
  }
}
