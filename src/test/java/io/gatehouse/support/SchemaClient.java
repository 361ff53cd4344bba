package io.gatehouse.support;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.lifecycle.SchemaCleanup;
import io.gatehouse.support.Gateway.Answer;
import java.time.Duration;

/** An administrator who defines, changes and deletes the schemas of one tenant. */
public record SchemaClient(Gateway gateway, String tenant) {

  public Answer define(String urn, String definition, String query) {
    return gateway.call("PUT", path(urn, query), Gateway.ADMIN_TOKEN, definition);
  }

  public Answer delete(String urn, String query) {
    return gateway.call("DELETE", path(urn, query), Gateway.ADMIN_TOKEN, null);
  }

  private String path(String urn, String query) {
    return "/admin/api/v1/tenants/" + tenant + "/schemas/" + urn + query;
  }

  /** Takes the steps of a job until it has ended, well or badly. */
  public JsonNode finish(Answer begun) {
    String location = begun.header("Location");
    String path = location.substring(location.indexOf("/tenants/"));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              gateway.bean(SchemaCleanup.class).step();
              return !state(path).equals("running");
            });
    return gateway.admin("GET", path, null).json();
  }

  private String state(String path) {
    return gateway.admin("GET", path, null).json().path("state").asText();
  }
}
