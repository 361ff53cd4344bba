package io.gatehouse.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of hosts, by the resolver of the system or otherwise. */
@FunctionalInterface
public interface HostNames {

  /**
   * The addresses of a host.
   *
   * @throws UnknownHostException when there are none, or when that cannot be known now
   */
  InetAddress[] addresses(String host) throws UnknownHostException;
}
