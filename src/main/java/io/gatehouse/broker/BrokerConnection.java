package io.gatehouse.broker;

/**
 * The address of the broker and the credentials of the gateway.
 *
 * @param url of the core protocol, for the gateway
 * @param publicPort port of subscribers' connections
 * @param encrypted whether subscribers connect by TLS
 */
public record BrokerConnection(
    String url, String user, String password, int publicPort, boolean encrypted) {

  @Override
  public String toString() {
    return "BrokerConnection[" + url + " as " + user + "]";
  }
}
