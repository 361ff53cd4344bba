package io.gatehouse.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.crypto.Digests;
import io.gatehouse.directory.ResourceQuery;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ScimError;
import io.gatehouse.scim.ScimException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * The start of the next page of a search (RFC 9865). It is signed with a secret that is derived
 * from the client's credential: no other client can use or forge it, every gateway can read it, and
 * none stores it.
 *
 * @param position of the last resource of the page before
 * @param count the page size of this search
 * @param query the fingerprint of the search, which must not change between pages
 * @param at when the cursor was made
 */
record PageCursor(ResourceQuery.Position position, int count, String query, Instant at) {

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** The opaque text, of unreserved characters only. */
  String signed(String seal) {
    ObjectNode content = Json.object();
    content.put("key", position.key()).put("id", position.id().toString());
    content.put("count", count).put("query", query).put("at", at.toEpochMilli());
    byte[] bytes = Json.text(content).getBytes(StandardCharsets.UTF_8);
    return BASE64.encodeToString(bytes) + "." + BASE64.encodeToString(mac(bytes, seal));
  }

  /**
   * Opens a cursor.
   *
   * @throws ScimException 400 invalidCursor unless this credential was given it
   */
  static PageCursor verified(String text, String seal) {
    int dot = text.indexOf('.');
    try {
      byte[] content = Base64.getUrlDecoder().decode(text.substring(0, Math.max(dot, 0)));
      byte[] mac = Base64.getUrlDecoder().decode(text.substring(dot + 1));
      if (dot > 0 && MessageDigest.isEqual(mac, mac(content, seal))) {
        return read(Json.stored(new String(content, StandardCharsets.UTF_8)));
      }
    } catch (IllegalArgumentException e) {
      // falls through to the answer for an invalid cursor
    }
    throw invalid();
  }

  private static PageCursor read(ObjectNode content) {
    ResourceQuery.Position position =
        new ResourceQuery.Position(
            Json.text(content, "key"), UUID.fromString(content.path("id").asText()));
    return new PageCursor(
        position,
        content.path("count").asInt(),
        content.path("query").asText(),
        Instant.ofEpochMilli(content.path("at").asLong()));
  }

  static ScimException invalid() {
    return new ScimException(
        ScimError.badRequest("invalidCursor", "The cursor does not belong to this query."));
  }

  private static byte[] mac(byte[] content, String seal) {
    return Digests.hmac(Digests.HMAC_SHA_256, seal.getBytes(StandardCharsets.UTF_8), content);
  }
}
