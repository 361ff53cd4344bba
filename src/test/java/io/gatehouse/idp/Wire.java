package io.gatehouse.idp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;

/** How an IdP calls: with headers of its own, and for an answer that must have a certain status. */
record Wire(ScimClient idp, String contentType, Map<String, String> headers) {

  ObjectNode get(String path) {
    return call("GET", path, null, 200);
  }

  void requireTotal(int total, String path) {
    assertThat(get(path).path("totalResults")).as(path).isEqualTo(Json.object().numberNode(total));
  }

  ObjectNode post(String path, JsonNode body) {
    return call("POST", path, body, 201);
  }

  ObjectNode put(String path, JsonNode body) {
    return call("PUT", path, body, 200);
  }

  ObjectNode call(String method, String path, JsonNode body, int status) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(idp.gateway().url("/scim/v2" + path)))
            .header("Authorization", "Bearer " + idp.token())
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(Json.text(body)));
    headers.forEach(request::header);
    if (body != null) {
      request.header("Content-Type", contentType);
    }
    Answer answer = idp.gateway().send(request.build());
    assertThat(answer.status()).as("%s %s: %s", method, path, answer.json()).isEqualTo(status);
    return answer.json() instanceof ObjectNode json ? json : Json.object();
  }
}
