package io.gatehouse.broker;

/**
 * The address of the broker and the credentials of the gateway.
 *
 * @param url of the core protocol, for the gateway; for a pair of brokers {@code
 *     (tcp://a,tcp://b)?ha=true}
 * @param publicPort port of subscribers' connections
 * @param encrypted whether subscribers connect by TLS
 */
public record BrokerConnection(
    String url, String user, String password, int publicPort, boolean encrypted) {

  /** The addresses, without options: a password of a key store may be among them. */
  String place() {
    return url.replaceAll("\\?[^,)]*", "").replaceAll("//[^@/,)]*@", "//");
  }

  /**
   * The URL with more options, which hold for all addresses of a pair.
   *
   * @param options separated by {@code &}
   */
  String urlWith(String options) {
    boolean has = url.indexOf('?', url.lastIndexOf(')') + 1) >= 0;
    return url + (has ? "&" : "?") + options;
  }

  @Override
  public String toString() {
    return "BrokerConnection[" + place() + " as " + user + "]";
  }
}
