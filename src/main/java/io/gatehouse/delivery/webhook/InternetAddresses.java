package io.gatehouse.delivery.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The public internet addresses: all but those that IANA reserves for special purposes. An address
 * that is embedded in another one is checked too.
 */
final class InternetAddresses {

  private static final List<Block> SPECIAL =
      blocks(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/3",
          // Teredo and other protocol assignments, documentation, 6to4, documentation.
          "2001::/23",
          "2001:db8::/32",
          "2002::/16",
          "3fff::/20");

  /**
   * The IPv6 range that IANA allocates as global unicast; IPv4-mapped addresses are outside of it.
   */
  private static final List<Block> UNICAST = blocks("0.0.0.0/0", "2000::/3");

  /** NAT64 (RFC 6052): the last four bytes are an IPv4 address. */
  private static final Block TRANSLATED = Block.of("64:ff9b::/96");

  private InternetAddresses() {}

  static boolean contain(InetAddress address) {
    return contain(address.getAddress());
  }

  private static boolean contain(byte[] address) {
    if (TRANSLATED.contains(address)) {
      return contain(Arrays.copyOfRange(address, 12, 16));
    }
    return UNICAST.stream().anyMatch(it -> it.contains(address))
        && SPECIAL.stream().noneMatch(it -> it.contains(address));
  }

  private static List<Block> blocks(String... blocks) {
    return Stream.of(blocks).map(Block::of).toList();
  }

  /** A CIDR block: addresses with the same prefix. */
  private static final class Block {

    private final byte[] first;
    private final int bits;

    private Block(byte[] first, int bits) {
      this.first = first;
      this.bits = bits;
    }

    static Block of(String text) {
      int slash = text.indexOf('/');
      try {
        return new Block(
            InetAddress.getByName(text.substring(0, slash)).getAddress(),
            Integer.parseInt(text.substring(slash + 1)));
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(text, e);
      }
    }

    boolean contains(byte[] address) {
      if (address.length != first.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> bit % 8;
        if ((address[bit / 8] & mask) != (first[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
