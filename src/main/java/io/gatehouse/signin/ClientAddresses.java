package io.gatehouse.signin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The IP address of a client. {@code X-Forwarded-For} is used from trusted proxies only, because
 * any client can set it.
 *
 * @param trusted addresses or blocks of the operator's own proxies, for example {@code 10.0.0.0/8}
 */
public record ClientAddresses(List<String> trusted) {

  /** An address with the port that some proxies append. */
  private static final Pattern PORT =
      Pattern.compile("^(\\d+(?:\\.\\d+){3}):\\d+$|^\\[(.*)](?::\\d+)?$");

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
  private static final int IPV6_LENGTH = 16;
  private static final int NETWORK = 8;

  public ClientAddresses {
    trusted.forEach(ClientAddresses::requireBlock);
    trusted = List.copyOf(trusted);
  }

  /**
   * Finds the client's address: the last one that is not a trusted proxy.
   *
   * @param remote the peer address of the connection
   * @param forwarded all values of the header: a proxy may extend the last one or add another after
   *     it
   */
  public String client(String remote, List<String> forwarded) {
    if (forwarded.isEmpty() || !isTrusted(remote)) {
      return remote;
    }
    String client = remote;
    List<String> hops = Arrays.asList(String.join(",", forwarded).split(",", -1));
    for (int i = hops.size() - 1; i >= 0 && isTrusted(client); i--) {
      String hop = PORT.matcher(hops.get(i).strip()).replaceFirst("$1$2");
      if (literal(hop).isEmpty()) {
        return client;
      }
      client = hop;
    }
    return client;
  }

  private boolean isTrusted(String address) {
    return literal(address)
        .map(it -> trusted.stream().anyMatch(block -> contains(block, it)))
        .orElse(false);
  }

  /** The key of an address: for IPv6 its /64, because one customer of a provider has all of it. */
  static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    return literal(address)
        .filter(it -> it.length == IPV6_LENGTH)
        .map(it -> java.util.HexFormat.of().formatHex(it, 0, NETWORK) + "/64")
        .orElse(address);
  }

  private static void requireBlock(String block) {
    String[] parts = block.split("/", 2);
    byte[] address =
        literal(parts[0])
            .orElseThrow(() -> new IllegalArgumentException(block + " is no block of addresses"));
    int bits = parts.length == 1 ? address.length * Byte.SIZE : Integer.parseInt(parts[1]);
    if (bits < 0 || bits > address.length * Byte.SIZE) {
      throw new IllegalArgumentException(block + " is no block of addresses");
    }
  }

  private static boolean contains(String block, byte[] address) {
    String[] parts = block.split("/", 2);
    byte[] first = literal(parts[0]).orElseThrow();
    int bits = parts.length == 1 ? first.length * Byte.SIZE : Integer.parseInt(parts[1]);
    if (first.length != address.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if ((first[bit / Byte.SIZE] & mask) != (address[bit / Byte.SIZE] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** Parses an IP literal; a host name is never looked up. */
  private static Optional<byte[]> literal(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text).getAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
