package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.broker.BrokerConnection;
import io.gatehouse.support.Gateway;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody reaches the gateway from another machine unless the operator says so. */
class ListenersTest {

  private final Gateway gateway = Gateway.shared();

  @Test
  void onlyThisMachineReachesThePortsByDefault() {
    int http = URI.create(gateway.url("")).getPort();
    int broker = gateway.bean(BrokerConnection.class).publicPort();

    assertThat(reaches("localhost", http)).isTrue();
    assertThat(reaches("localhost", broker)).isTrue();
    assertThat(reaches("127.0.0.2", http)).isFalse();
    assertThat(reaches("127.0.0.2", broker)).isFalse();
  }

  private static boolean reaches(String address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 2_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "no.such.host.invalid", " "})
  void anAddressOfAnotherMachineIsRefused(String address) {
    assertThatThrownBy(
            () -> Gateway.start(Gateway.temporaryFolder(), "--gatehouse.bind=" + address))
        .isInstanceOf(StartupRefusedException.class)
        .hasMessage(
            "GATEHOUSE_BIND is '%s', which is no address of this machine; 0.0.0.0 stands for all of them.",
            address);
  }
}
