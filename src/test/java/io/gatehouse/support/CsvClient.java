package io.gatehouse.support;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An administrator who imports files into one tenant, and looks at what is stored then. */
public record CsvClient(Gateway gateway, String tenant) {

  /** For a new tenant. */
  public CsvClient(Gateway gateway) {
    this(gateway, gateway.tenant());
  }

  public Answer bring(String file) {
    return bring("", file.getBytes(StandardCharsets.UTF_8));
  }

  /** An import with more parameters. */
  public Answer bring(String more, byte[] file) {
    return gateway.send(
        request("/users/import?tenant=" + tenant + more, "text/csv")
            .POST(BodyPublishers.ofByteArray(file))
            .build());
  }

  public Answer post(String path, String type, String body) {
    return gateway.send(request(path, type).POST(BodyPublishers.ofString(body)).build());
  }

  private HttpRequest.Builder request(String path, String type) {
    return HttpRequest.newBuilder(URI.create(gateway.url("/admin/api/v1" + path)))
        .header("Authorization", "Bearer " + Gateway.ADMIN_TOKEN)
        .header("Content-Type", type);
  }

  public UUID tenantId() {
    return jdbc()
        .sql("select id from tenant where slug = ?")
        .param(tenant)
        .query(UUID.class)
        .single();
  }

  public String id(String userNameKey) {
    return one("id", userNameKey);
  }

  /** The document of a user. */
  public ObjectNode stored(String userNameKey) {
    return Json.stored(one("doc", userNameKey));
  }

  private String one(String column, String userNameKey) {
    return jdbc()
        .sql(
            "select %s::text from person where tenant_id = ? and user_name_key = ?"
                .formatted(column))
        .params(tenantId(), userNameKey)
        .query(String.class)
        .single();
  }

  public long people() {
    return count("select count(*) from person where tenant_id = ?");
  }

  /** A number that is asked for with the tenant as the only parameter. */
  public long count(String sql) {
    return jdbc().sql(sql).param(tenantId()).query(Long.class).single();
  }

  private JdbcClient jdbc() {
    return gateway.bean(JdbcClient.class);
  }
}
