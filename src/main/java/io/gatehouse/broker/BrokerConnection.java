package io.gatehouse.broker;

/**
 * Where the broker is and how the gateway signs in.
 *
 * @param url of the core protocol, for the gateway
 * @param publicPort where subscribers connect
 */
public record BrokerConnection(String url, String user, String password, int publicPort) {

  @Override
  public String toString() {
    return "BrokerConnection[" + url + " as " + user + "]";
  }
}
