package io.gatehouse.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.gatehouse.command.Origin;
import io.gatehouse.crypto.Digests;
import io.gatehouse.scim.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The keyed hashes of the audit log (HMAC-SHA-256, in hex). They cannot be computed without the
 * key, which is kept outside the database.
 */
public final class AuditSeal {

  /** The hash before the first entry of a chain. */
  public static final String START = "00".repeat(32);

  private static final byte[] PURPOSE = "gatehouse audit chain".getBytes(StandardCharsets.UTF_8);

  private final byte[] key;

  /**
   * Creates a seal.
   *
   * @param secret at least 256 bits of randomness, in any form; another key is derived from it
   */
  public AuditSeal(String secret) {
    key = Digests.hmac(Digests.HMAC_SHA_256, Digests.sha256(secret), PURPOSE);
  }

  /** The hash of an entry without its id and its detail; equal wherever the entry stands. */
  String content(AuditRecord entry) {
    return of(
        entry.tenant(),
        entry.connection(),
        entry.actor(),
        entry.action(),
        entry.resource(),
        entry.version(),
        entry.status(),
        entry.command(),
        entry.origin(),
        entry.at());
  }

  /** The hash of a detail; null when there is none. */
  @Nullable String detail(AuditRecord entry) {
    AuditRecord.Detail detail = entry.detail();
    return detail == null ? null : of("detail", detail.salt(), detail.text());
  }

  /** The hash of a link, which covers all links before it. */
  String link(String previous, long id, String content, @Nullable String detail) {
    return of(previous, id, content, detail);
  }

  /** The id of an address and a credential; equal for equal ones. */
  public UUID originId(Origin origin) {
    byte[] hash = mac("origin", origin.address(), origin.credential());
    ByteBuffer first = ByteBuffer.wrap(hash);
    return new UUID(first.getLong(), first.getLong());
  }

  private String of(@Nullable Object... fields) {
    return HexFormat.of().formatHex(mac(fields));
  }

  /** A JSON array keeps apart what plain text would run together. */
  private byte[] mac(@Nullable Object... fields) {
    ArrayNode canonical = Json.array();
    Arrays.stream(fields).forEach(it -> canonical.add(it == null ? null : it.toString()));
    return Digests.hmac(
        Digests.HMAC_SHA_256, key, Json.text(canonical).getBytes(StandardCharsets.UTF_8));
  }
}
