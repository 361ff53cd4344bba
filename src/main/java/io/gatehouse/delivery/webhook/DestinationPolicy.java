package io.gatehouse.delivery.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;

/**
 * The permitted destinations of endpoints: HTTPS to public internet addresses, or any destination
 * if the operator allows it. This prevents requests to the internal network of the gateway (SSRF).
 */
public record DestinationPolicy(boolean anywhere) {

  private static final int LONGEST = 2_048;
  private static final int HIGHEST_PORT = 65_535;

  /** The objection to a URL, independent of the addresses of its host; empty when there is none. */
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

  /** The objection to an address of a host; empty when there is none. */
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
