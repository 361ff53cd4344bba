package io.gatehouse.webhookclient;

import io.gatehouse.delivery.webhook.DestinationPolicy;
import io.gatehouse.http.BoundedHostNames;
import io.gatehouse.http.HostNames;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves a host once, and gives the connection exactly the checked addresses, so that a second
 * look-up cannot return others.
 */
public final class CheckedDnsResolver implements DnsResolver {

  /** The largest number of addresses that are tried: each may take the whole connect timeout. */
  private static final int TRIED = 2;

  private final DestinationPolicy policy;
  private final HostNames names;

  public CheckedDnsResolver(DestinationPolicy policy) {
    this(policy, InetAddress::getAllByName);
  }

  CheckedDnsResolver(DestinationPolicy policy, HostNames names) {
    this.policy = policy;
    this.names = new BoundedHostNames(names);
  }

  /** A host that must not be reached. */
  static final class RefusedException extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    private RefusedException(String message) {
      super(message);
    }
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = names.addresses(host);
    for (InetAddress address : addresses) {
      Optional<String> objection = policy.objection(host, address);
      if (objection.isPresent()) {
        throw new RefusedException(objection.get());
      }
    }
    return Arrays.copyOf(addresses, Math.min(addresses.length, TRIED));
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
