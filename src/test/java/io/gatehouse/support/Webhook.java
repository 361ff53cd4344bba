package io.gatehouse.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An endpoint, as an administrator handles it. */
public record Webhook(Gateway at, String tenant, String name, String secret) {

  /** What a new endpoint asks for. */
  public static ObjectNode wanted(String tenant, String name, String url) {
    return Json.object().put("tenant", tenant).put("name", name).put("url", url);
  }

  public static Webhook create(Gateway gateway, ObjectNode wanted) {
    Answer made = gateway.admin("POST", "/endpoints", wanted);
    assertThat(made.status()).as(made.json().toString()).isEqualTo(201);
    return new Webhook(
        gateway,
        wanted.path("tenant").asText(),
        wanted.path("name").asText(),
        made.json().path("secret").asText());
  }

  public Answer call(String method, String path, JsonNode body) {
    return at.admin(method, "/endpoints/" + tenant + "/" + name + path, body);
  }

  public JsonNode view() {
    return call("GET", "", null).json();
  }

  /** The attempts, the earliest first. */
  public List<JsonNode> attempts() {
    List<JsonNode> attempts = new ArrayList<>();
    call("GET", "/attempts", null).json().path("attempts").forEach(it -> attempts.add(0, it));
    return attempts;
  }

  public void enable() {
    assertThat(call("POST", "/enable", null).status()).isEqualTo(204);
  }

  public int resend(ObjectNode what) {
    return call("POST", "/resend", what).status();
  }

  /** When each event that waits is due. */
  public List<Instant> errands() {
    return at.bean(JdbcClient.class)
        .sql(
            """
            select r.due_at from errand r
              join endpoint e on e.id = r.endpoint_id
              join tenant t on t.id = e.tenant_id
             where t.slug = ? and e.name = ?
            """)
        .params(tenant, name)
        .query((row, n) -> row.getTimestamp(1).toInstant())
        .list();
  }
}
