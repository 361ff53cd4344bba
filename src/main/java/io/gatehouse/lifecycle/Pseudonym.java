package io.gatehouse.lifecycle;

import io.gatehouse.crypto.Digests;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Stands for a userName in a tombstone (HMAC-SHA-256). With the key and the name, it can be
 * verified that this name was erased; the name cannot be derived from it.
 */
public final class Pseudonym {

  private final byte[] key;

  /**
   * Creates pseudonyms with a key.
   *
   * @param secret kept outside of the database
   */
  public Pseudonym(String secret) {
    this.key = secret.getBytes(StandardCharsets.UTF_8);
  }

  /** The pseudonym of a name, in hex. */
  public String of(UUID tenant, String userNameKey) {
    byte[] name = (tenant + "/" + userNameKey).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Digests.hmac(Digests.HMAC_SHA_256, key, name));
  }
}
