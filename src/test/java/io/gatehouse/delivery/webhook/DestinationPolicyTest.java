package io.gatehouse.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationPolicyTest {

  private final DestinationPolicy internet = new DestinationPolicy(false);
  private final DestinationPolicy anywhere = new DestinationPolicy(true);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "192.168.255.255",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::10.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:0:8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::808:808",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:808:808::",
        "3fff::1",
        "4000::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1"
      })
  void isNotOnTheInternet(String address) throws UnknownHostException {
    InetAddress it = InetAddress.getByName(address);

    assertThat(internet.objection("receiver", it))
        .hasValueSatisfying(
            objection -> assertThat(objection).contains("receiver", it.getHostAddress()));
    assertThat(anywhere.objection("receiver", it)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2001:4860:4860::8888",
        "2606:4700:4700::1111",
        "2a00:1450::1",
        "3ffe::1",
        "64:ff9b::808:808",
        "::ffff:8.8.8.8"
      })
  void isOnTheInternet(String address) throws UnknownHostException {
    assertThat(internet.objection("receiver", InetAddress.getByName(address))).isEmpty();
  }

  @Test
  void isNotDeceivedByAnAddressOfIpv4ThatStaysWrittenAsIpv6() throws UnknownHostException {
    byte[] mapped = new byte[16];
    mapped[10] = mapped[11] = (byte) 0xff;
    mapped[12] = 127;
    mapped[15] = 1;

    assertThat(internet.objection("receiver", Inet6Address.getByAddress("receiver", mapped, -1)))
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://receiver/",
        "ftp://receiver/",
        "//receiver/",
        "https:receiver",
        "https:///hooks",
        "https://receiver:0/",
        "https://receiver:65536/",
        "https://ada@receiver/",
        "https://ada:secret@receiver/",
        "https://receiver/#there"
      })
  void refusesAUrl(String url) {
    assertThat(internet.objection(URI.create(url))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://receiver", "https://receiver:8443/hooks?key=1", "https://[2a00::1]/"})
  void takesAUrl(String url) {
    assertThat(internet.objection(URI.create(url))).isEmpty();
  }

  @Test
  void refusesAUrlThatIsTooLong() {
    assertThat(internet.objection(URI.create("https://receiver/" + "x".repeat(2_048)))).isPresent();
  }

  @Test
  void takesNoEncryptionIfTheOperatorSaysSo() {
    assertThat(anywhere.objection(URI.create("http://receiver/"))).isEmpty();
    assertThat(anywhere.objection(URI.create("ftp://receiver/"))).isPresent();
  }
}
