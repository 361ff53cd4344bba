package io.gatehouse.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose address it is: what a header says of that is believed from trusted proxies only. */
class ClientAddressesTest {

  private final ClientAddresses addresses =
      new ClientAddresses(List.of("10.0.0.0/8", "2001:db8::1"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "198.51.100.7 |                              | 198.51.100.7",
        "198.51.100.7 | 203.0.113.5                  | 198.51.100.7",
        "10.1.2.3     |                              | 10.1.2.3",
        "10.1.2.3     | 203.0.113.5                  | 203.0.113.5",
        "10.1.2.3     | 1.1.1.1, 203.0.113.5         | 203.0.113.5",
        "10.1.2.3     | 1.1.1.1, 203.0.113.5, 10.9.9.9 | 203.0.113.5",
        "10.1.2.3     | evil.example.com             | 10.1.2.3",
        "10.1.2.3     | 203.0.113.5, evil            | 10.1.2.3",
        "2001:db8::1  | 203.0.113.5                  | 203.0.113.5",
        "2001:db8::2  | 203.0.113.5                  | 2001:db8::2",
      })
  void isTheLastOneThatIsNoTrustedProxy(String remote, String forwarded, String client) {
    assertThat(addresses.client(remote, forwarded == null ? List.of() : List.of(forwarded)))
        .isEqualTo(client);
  }

  @Test
  void countsAWholeNetworkOfIpv6AsOne() {
    assertThat(ClientAddresses.network("2001:db8:1:2:3:4:5:6"))
        .isEqualTo(ClientAddresses.network("2001:db8:1:2::9"))
        .isNotEqualTo(ClientAddresses.network("2001:db8:1:3::9"));
    assertThat(ClientAddresses.network("203.0.113.5")).isEqualTo("203.0.113.5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "proxy.example.com", "10.0.0.0/33", "10.0.0.0/-1", "::1/129"})
  void refusesWhatIsNoBlock(String block) {
    assertThatThrownBy(() -> new ClientAddresses(List.of(block)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
