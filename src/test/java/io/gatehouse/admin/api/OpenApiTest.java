package io.gatehouse.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.OpenApiContract;
import io.gatehouse.support.OpenApiDocument;
import io.gatehouse.support.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The OpenAPI document is that of the controllers, and each call of the admin API in all tests is
 * checked with it; see {@link OpenApiContract}. With {@code -Dupdate=true} the file is written.
 */
class OpenApiTest {

  private static final Pattern CALL =
      Pattern.compile("curl [^\\n|>]*?(?:\\$API|/admin/api/v1)(/[^\\s\"'?|]*)[^\\n]*");
  private static final Pattern METHOD = Pattern.compile("-X ?([A-Z]+)");
  private static final Pattern BODY = Pattern.compile(" (?:-d|--data\\S*) ");

  private final Gateway gateway = Gateway.shared();

  @Test
  void theFileIsThatOfTheControllers() throws IOException {
    String made = OpenApiDocument.of(gateway);
    if (Boolean.getBoolean("update")) {
      Files.writeString(OpenApiContract.FILE, made);
    }
    assertThat(OpenApiContract.FILE).exists();
    assertThat(Files.readString(OpenApiContract.FILE))
        .as(
            "write it again: ./mvnw test -Dtest=OpenApiTest#theFileIsThatOfTheControllers"
                + " -DargLine=-Dupdate=true")
        .isEqualTo(made);
  }

  @Test
  void isServedAsYamlAndAsJson() {
    Answer yaml = gateway.admin("GET", "/openapi.yaml", null);
    Answer json = gateway.admin("GET", "/openapi.json", null);

    assertThat(yaml.status()).isEqualTo(200);
    assertThat(OpenApiContract.of(yaml.http().body()).document()).isEqualTo(json.json());
    assertThat(json.json().path("openapi").asText()).startsWith("3.1.");
  }

  @Test
  void saysWhichRoleEachCallNeeds() {
    List<String> without = new ArrayList<>();
    for (var path : OpenApiContract.committed().document().path("paths").properties()) {
      for (JsonNode operation : path.getValue()) {
        if (!operation.has("x-required-role") && !operation.has("security")) {
          without.add(path.getKey());
        }
      }
    }
    assertThat(without).isEmpty();
    assertThat(
            OpenApiContract.committed()
                .document()
                .path("paths")
                .path("/admin/api/v1/audit")
                .at("/get/x-required-role")
                .asText())
        .isEqualTo("auditor");
  }

  @Test
  void failsACallWhoseAnswerIsNotDescribed() {
    String yaml =
        """
        paths:
          /admin/api/v1/tenants:
            get:
              responses:
                "200":
                  content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/It"}}}}
        components: {schemas: {It: {type: object, required: [colour], properties: {slug: {type: string}}}}}
        """;
    gateway.tenant();
    Answer answer = gateway.admin("GET", "/tenants", null);
    OpenApiContract other = OpenApiContract.of(yaml);

    assertThat(other.wrong("GET", "/admin/api/v1/tenants", answer).toString())
        .contains("colour", "name");
    assertThat(other.wrong("GET", "/admin/api/v1/users?q=a", answer).toString())
        .contains("not in openapi.yaml");
    assertThat(OpenApiContract.committed().wrong("GET", "/admin/api/v1/tenants", answer)).isEmpty();
  }

  @Test
  void hasEachCallThatThePagesShow() {
    List<String> calls = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (var page : Pages.all()) {
      for (var block : Pages.blocks(page)) {
        Matcher call = CALL.matcher(block.text().replaceAll("\\\\\\n\\s*", " "));
        while (call.find()) {
          Matcher method = METHOD.matcher(call.group());
          String verb =
              method.find() ? method.group(1) : BODY.matcher(call.group()).find() ? "POST" : "GET";
          String path = "/admin/api/v1" + call.group(1);
          calls.add(verb + " " + path);
          if (!OpenApiContract.committed().knows(verb, path)) {
            unknown.add(page + ": " + verb + " " + path);
          }
        }
      }
    }
    assertThat(calls).contains("POST /admin/api/v1/tenants", "POST /admin/api/v1/subscriptions");
    assertThat(unknown).isEmpty();
  }
}
