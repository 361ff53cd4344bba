package io.gatehouse.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.Gateway.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** An IdP at work: SCIM calls with the token of one connection. */
public record ScimClient(Gateway gateway, String tenant, String connection, String token) {

  public Answer call(String method, String path, JsonNode body) {
    return gateway.call(method, "/scim/v2" + path, token, body == null ? null : Json.text(body));
  }

  public Answer create(ObjectNode user) {
    return call("POST", "/Users", user);
  }

  public Answer get(UUID id) {
    return call("GET", "/Users/" + id, null);
  }

  public Answer replace(UUID id, ObjectNode user) {
    return call("PUT", "/Users/" + id, user);
  }

  /** PATCH with one operation, given as JSON. */
  public Answer patch(UUID id, String operation) {
    return call("PATCH", "/Users/" + id, patch(operation));
  }

  /** PATCH with operations that need not be any, each given as JSON. */
  public Answer patchAll(UUID id, String... operations) {
    String body =
        "{\"schemas\":[\"%s\"],\"Operations\":[%s]}"
            .formatted(PatchOperation.PATCH_OP, String.join(",", operations));
    return gateway.call("PATCH", "/scim/v2/Users/" + id, token, body);
  }

  public Answer delete(UUID id) {
    return call("DELETE", "/Users/" + id, null);
  }

  public Answer find(String filter) {
    return find("/Users", filter);
  }

  public Answer findGroups(String filter) {
    return find("/Groups", filter);
  }

  private Answer find(String collection, String filter) {
    String encoded = URLEncoder.encode(filter, StandardCharsets.UTF_8);
    return call("GET", collection + "?filter=" + encoded, null);
  }

  /** A call with one more header. */
  public Answer with(String header, String value, String method, UUID id, JsonNode body) {
    return gateway.send(
        HttpRequest.newBuilder(URI.create(gateway.url("/scim/v2/Users/" + id)))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/scim+json")
            .header(header, value)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(Json.text(body)))
            .build());
  }

  /** A new group with these members. */
  public Answer createGroup(String displayName, UUID... members) {
    return call("POST", "/Groups", group(displayName, members));
  }

  public Answer group(UUID id) {
    return call("GET", "/Groups/" + id, null);
  }

  public Answer patchGroup(UUID id, String... operations) {
    return call("PATCH", "/Groups/" + id, patch(operations));
  }

  public static ObjectNode group(String displayName, UUID... members) {
    ObjectNode group = Json.object();
    group.putArray("schemas").add(Schema.GROUP);
    group.put("displayName", displayName);
    for (UUID member : members) {
      group.withArray("members").addObject().put("value", member.toString());
    }
    return group;
  }

  public static ObjectNode user(String userName) {
    ObjectNode user = Json.object();
    user.putArray("schemas").add(Schema.USER);
    user.put("userName", userName);
    user.putObject("name").put("givenName", "Ada").put("familyName", "Lovelace");
    user.putArray("emails")
        .addObject()
        .put("value", userName)
        .put("type", "work")
        .put("primary", true);
    return user;
  }

  public static ObjectNode patch(String... operations) {
    ObjectNode patch = Json.object();
    patch.putArray("schemas").add(PatchOperation.PATCH_OP);
    var list = patch.putArray("Operations");
    for (String operation : operations) {
      list.add(Json.stored(operation));
    }
    return patch;
  }
}
