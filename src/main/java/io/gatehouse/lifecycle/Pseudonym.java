package io.gatehouse.lifecycle;

import io.gatehouse.crypto.Digests;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Stands for a userName in a tombstone: whoever knows the key and the name can tell that this name
 * was erased, and nobody can find the name (HMAC-SHA-256).
 */
public final class Pseudonym {

  private final byte[] key;

  /**
   * Takes the key.
   *
   * @param secret kept outside of the database
   */
  public Pseudonym(String secret) {
    this.key = secret.getBytes(StandardCharsets.UTF_8);
  }

  /** In hex. */
  public String of(UUID tenant, String userNameKey) {
    byte[] name = (tenant + "/" + userNameKey).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Digests.hmac(Digests.HMAC_SHA_256, key, name));
  }
}
