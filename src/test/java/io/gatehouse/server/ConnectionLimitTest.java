package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.Channel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

class ConnectionLimitTest {

  private final ConnectionLimit limit = new ConnectionLimit(2, InetAddress::isLoopbackAddress);

  @Test
  void admitsNoMoreOfOneAddressThanItMayHave() throws Exception {
    Channel first = SocketChannel.open();
    assertThat(limit.admits(address("192.0.2.1"), first)).isTrue();
    assertThat(limit.admits(address("192.0.2.1"), SocketChannel.open())).isTrue();

    assertThat(limit.admits(address("192.0.2.1"), SocketChannel.open())).isFalse();
    assertThat(limit.admits(address("192.0.2.2"), SocketChannel.open())).isTrue();

    first.close();
    assertThat(limit.admits(address("192.0.2.1"), SocketChannel.open())).isTrue();
    assertThat(limit.admits(address("192.0.2.1"), SocketChannel.open())).isFalse();
  }

  @Test
  void countsANetworkOfIpv6AsOne() throws Exception {
    limit.admits(address("2001:db8::1"), SocketChannel.open());
    limit.admits(address("2001:db8::2"), SocketChannel.open());

    assertThat(limit.admits(address("2001:db8::3"), SocketChannel.open())).isFalse();
    assertThat(limit.admits(address("2001:db8:0:1::1"), SocketChannel.open())).isTrue();
  }

  @Test
  void leavesAProxyOnThisMachineAlone() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(limit.admits(address("127.0.0.1"), SocketChannel.open())).isTrue();
    }
  }

  private static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getByName(text);
  }
}
