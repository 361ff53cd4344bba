package io.gatehouse.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Limits how many connections one remote address may have open at a time. For IPv6, one /64 network
 * counts as an address, because a provider assigns that much to one customer.
 */
final class ConnectionLimit {

  /** No limit. */
  static final ConnectionLimit NONE = new ConnectionLimit(0, it -> true);

  private static final int SWEEP_EVERY = 1024;
  private static final int NETWORK_BYTES = 8;

  private final Map<ByteBuffer, Set<Channel>> open = new HashMap<>();
  private final int limit;
  private final Predicate<InetAddress> exempt;
  private int accepted;

  /**
   * Creates a limit.
   *
   * @param limit the number of connections; 0 for no limit
   * @param exempt addresses without a limit, such as a proxy in front of all clients
   */
  ConnectionLimit(int limit, Predicate<InetAddress> exempt) {
    this.limit = limit;
    this.exempt = exempt;
  }

  /**
   * Whether this connection is within the limit; an admitted connection counts until it is closed.
   */
  synchronized boolean admits(InetAddress address, Channel connection) {
    if (limit == 0 || exempt.test(address)) {
      return true;
    }
    if (++accepted % SWEEP_EVERY == 0) {
      open.values().forEach(ConnectionLimit::forgetClosed);
      open.values().removeIf(Set::isEmpty);
    }
    Set<Channel> connections = open.computeIfAbsent(network(address), it -> new HashSet<>());
    if (connections.size() >= limit) {
      forgetClosed(connections);
    }
    return connections.size() < limit && connections.add(connection);
  }

  private static void forgetClosed(Set<Channel> connections) {
    connections.removeIf(it -> !it.isOpen());
  }

  private static ByteBuffer network(InetAddress address) {
    byte[] bytes = address.getAddress();
    return ByteBuffer.wrap(
        address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
  }
}
