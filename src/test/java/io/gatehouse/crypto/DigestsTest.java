package io.gatehouse.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The examples of the standards. */
class DigestsTest {

  @Test
  void isThatOfFips180() {
    String expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    assertThat(Digests.sha256Hex("abc")).isEqualTo(expected);
    assertThat(Digests.sha256("abc")).isEqualTo(HexFormat.of().parseHex(expected));
    assertThat(Digests.hex(Digests.SHA_256, "abc".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(expected);
  }

  @Test
  void isThatOfRfc4231() {
    byte[] code =
        Digests.hmac(
            Digests.HMAC_SHA_256,
            "Jefe".getBytes(StandardCharsets.US_ASCII),
            "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII));

    assertThat(HexFormat.of().formatHex(code))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void takesTextInUtf8() {
    assertThat(Digests.sha256("ü")).isNotEqualTo(Digests.sha256("?"));
    assertThat(Digests.sha256("ü"))
        .isEqualTo(
            HexFormat.of()
                .parseHex(Digests.hex(Digests.SHA_256, new byte[] {(byte) 0xC3, (byte) 0xBC})));
  }

  @Test
  void knowsNoMadeUpAlgorithm() {
    assertThatThrownBy(() -> Digests.hex("SHA-0", new byte[0]))
        .isInstanceOf(IllegalStateException.class);
  }
}
