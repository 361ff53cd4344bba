package io.gatehouse.broker;

/**
 * Where the broker is and how the gateway signs in.
 *
 * @param url of the core protocol, for the gateway
 * @param publicPort where subscribers connect
 * @param encrypted whether they connect by TLS
 */
public record BrokerConnection(
    String url, String user, String password, int publicPort, boolean encrypted) {

  @Override
  public String toString() {
    return "BrokerConnection[" + url + " as " + user + "]";
  }
}
