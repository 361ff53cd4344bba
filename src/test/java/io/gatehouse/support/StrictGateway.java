package io.gatehouse.support;

/**
 * A gateway as it runs on the internet: behind a proxy, under a name of its own, and without a way
 * into the network that it is in. Its clock can be moved.
 */
public final class StrictGateway {

  public static final String PUBLIC_URL = "https://id.example.com/gate";

  private StrictGateway() {}

  public static Gateway start() {
    return Gateway.start(
        MovableClock.class,
        Gateway.temporaryFolder(),
        "--gatehouse.sign-in.max-failures=10",
        "--gatehouse.trusted-proxies=127.0.0.0/8,::1",
        "--gatehouse.endpoints.allow-private=false",
        "--gatehouse.public-url=" + PUBLIC_URL + "/");
  }
}
