package io.gatehouse.camel.routefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.StartupRefusedException;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import io.gatehouse.tenant.IdpProfiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The promise of {@code routes/README.md}: an IdP is added, or changed, by a file in a folder. */
@ExtendWith(OutputCaptureExtension.class)
class ExtensionTest {

  /** Quadratic in what the client sends. */
  private static final String SLOW =
      """
      let all = .numbers
      { "displayName": string(size([for (.numbers) size([for ($all) { "n": . }])])), * : . }""";

  @TempDir static Path routes;
  @TempDir static Path data;
  private static Gateway gateway;
  private static String log;

  @BeforeAll
  static void start(CapturedOutput output) throws IOException {
    write("ping", example());
    write(
        "odd",
        mapping("odd", "{ \"displayName\": .nickName + \" & 100%+1 #?a=b;c/\\\"\", * : . }"));
    write("nobody", mapping("nobody", ".userName"));
    write("slow", mapping("slow", SLOW));
    write("okta", route("okta", "quirks:booleans-from-strings"));
    write("onelogin", route("onelogin", "bean:directory"));
    write("typo", route("typo", "quirks:no-such-quirk"));
    write("yaml", "- route:\n    id: [\n");
    write("edge", route("edge", "quirks:none").replace("idp-edge-scim", "edge-scim"));
    Files.createDirectory(routes.resolve("below"));
    Files.writeString(routes.resolve("below/hidden.camel.yaml"), route("hidden", "quirks:none"));
    Files.writeString(routes.resolve("short.yaml"), route("short", "quirks:none"));
    gateway = Gateway.start(data, "--gatehouse.routes=" + routes);
    log = output.getOut();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void addsAnIdpByAFile() {
    ScimClient ping = gateway.connection("ping");
    ObjectNode sent = ScimClient.user("ada@example.com").put("active", "true");
    sent.putObject("addresses").putObject("work").put("street", "1 Main St").put("city", "Bern");

    Answer created = ping.create(sent);

    assertThat(created.status()).as(created.http().body()).isEqualTo(201);
    JsonNode user = ping.get(created.id()).json();
    assertThat(user.path("active")).isEqualTo(Json.MAPPER.convertValue(true, JsonNode.class));
    assertThat(user.path("addresses").path(0).path("type").asText()).isEqualTo("work");
    assertThat(user.path("addresses").path(0).path("locality").asText()).isEqualTo("Bern");
    assertThat(user.path("schemas").path(0).asText()).isEqualTo(Schema.USER);
    assertThat(
            ping.patch(created.id(), "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}")
                .status())
        .isEqualTo(200);
    assertThat(ping.get(created.id()).json().path("active").asBoolean(true)).isFalse();
  }

  @Test
  void handsAMappingOnAsItIsWritten() {
    Answer created =
        gateway.connection("odd").create(ScimClient.user("ada@example.com").put("nickName", "Ada"));

    assertThat(created.json().path("displayName").asText()).isEqualTo("Ada & 100%+1 #?a=b;c/\"");
  }

  @Test
  void answers400WhenAMappingMakesNoObject() {
    Answer refused = gateway.connection("nobody").create(ScimClient.user("ada@example.com"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("detail").asText()).contains("mapping");
  }

  @Test
  void answers503WhenAMappingTakesTooLongAndServesTheOthers() {
    ScimClient slow = gateway.connection("slow");
    ObjectNode sent = ScimClient.user("ada@example.com");
    IntStream.range(0, 50_000).forEach(sent.putArray("numbers")::add);

    for (int i = 0; i < 4; i++) {
      assertThat(slow.create(sent).status()).isEqualTo(503);
    }
    assertThat(gateway.connection("ping").create(ScimClient.user("ada@example.com")).status())
        .isEqualTo(201);
    assertThat(slow.create(ScimClient.user("ada@example.com")).status()).isEqualTo(201);
  }

  @Test
  void replacesTheFileOfAnIdpThatIsBuiltIn() {
    assertThat(
            gateway
                .connection("okta")
                .create(ScimClient.user("ada@example.com").put("active", "True"))
                .status())
        .isEqualTo(201);
    assertThat(source("okta").file()).isEqualTo(routes.resolve("okta.camel.yaml").toString());
  }

  @Test
  void leavesTheOtherIdpsAsTheyAre() {
    for (String idp : new String[] {"entra", "standard"}) {
      assertThat(gateway.connection(idp).create(ScimClient.user("ada@example.com")).status())
          .isEqualTo(201);
      assertThat(source(idp).loaded()).isTrue();
      assertThat(source(idp).file()).isEqualTo("routes/idp/" + idp + ".camel.yaml");
    }
  }

  @Test
  void saysWhichFileIsBrokenAndInWhichLine() {
    assertBroken("onelogin", "line 7: 'bean:directory' is not allowed");
    assertBroken("typo", "line 7: There is no quirk 'no-such-quirk'");
    assertBroken("yaml", "line 3: No YAML");
    assertBroken("edge", "line 2: The id must be 'idp-edge-scim'");
    assertThat(log).contains("short.yaml is not read");
  }

  private static void assertBroken(String idp, String problem) {
    String file = routes.resolve(idp + ".camel.yaml").toString();
    assertThat(source(idp).loaded()).isFalse();
    assertThat(source(idp).problem()).contains(problem);
    assertThat(log.lines().filter(it -> it.contains(file)))
        .singleElement()
        .asString()
        .contains("ERROR", file + " is not loaded, " + problem);
  }

  @Test
  void makesNoConnectionForAnIdpWhoseFileIsBroken() {
    Answer refused =
        gateway.admin(
            "POST",
            "/connections",
            Json.object().put("tenant", gateway.tenant()).put("idp", "onelogin"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("detail").asText()).contains("ping").doesNotContain("onelogin");
  }

  @Test
  void readsNothingBelowTheFolder() {
    assertThat(gateway.bean(IdpProfiles.class).names())
        .containsExactly("entra", "nobody", "odd", "okta", "ping", "slow", "standard");
  }

  @Test
  void listsEveryFileInTheStatus() {
    JsonNode listed = gateway.admin("GET", "/status", null).json().path("routes");

    assertThat(listed).hasSize(11);
    assertThat(listed.findValuesAsText("idp"))
        .containsExactly(
            "edge",
            "entra",
            "nobody",
            "odd",
            "okta",
            "onelogin",
            "ping",
            "slow",
            "standard",
            "typo",
            "yaml");
    assertThat(listed.path(5).path("loaded").asBoolean(true)).isFalse();
    assertThat(listed.path(5).path("problem").asText()).startsWith("line 7: ");
    assertThat(listed.path(6).path("problem").isNull()).isTrue();
  }

  @Test
  void answers503OnAConnectionWhoseFileBroke() {
    ScimClient made = gateway.connection("ping"); // when it could be loaded
    gateway.sql(
        "update connection set idp = 'typo' where id = ?", UUID.fromString(made.connection()));

    Answer answer = gateway.call("GET", "/scim/v2/Users", made.token(), null);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.json().path("detail").asText()).contains("profile");
    assertThat(answer.header("Retry-After")).isNotEmpty();
  }

  @Test
  void refusesToStartWithoutTheFolder(@TempDir Path other) {
    assertThatThrownBy(() -> Gateway.start(other, "--gatehouse.routes=" + other.resolve("none")))
        .hasRootCauseInstanceOf(StartupRefusedException.class)
        .hasRootCauseMessage(
            "GATEHOUSE_ROUTES is " + other.resolve("none") + ", which is not a folder.");
  }

  private static IdpProfiles.RouteFileStatus source(String idp) {
    return gateway.bean(IdpProfiles.class).sources().stream()
        .filter(it -> it.idp().equals(idp))
        .findFirst()
        .orElseThrow();
  }

  /** The example of the README, as a reader would copy it. */
  private static String example() throws IOException {
    String readme = Files.readString(Path.of("routes/README.md"));
    int begin = readme.indexOf("```yaml\n") + "```yaml\n".length();
    return readme.substring(begin, readme.indexOf("```", begin));
  }

  private static String route(String idp, String target) {
    return """
        - route:
            id: idp-%1$s-scim
            description: For a test.
            from:
              uri: direct:idp-%1$s-scim
              steps:
                - to: { uri: "%2$s" }
        """
        .formatted(idp, target);
  }

  private static String mapping(String idp, String expression) {
    return route(idp, "map:users")
        .replace(
            "{ uri: \"map:users\" }",
            "\n            uri: map:users\n            parameters:\n              jslt: |\n"
                + expression.indent(16));
  }

  private static void write(String idp, String text) throws IOException {
    Files.writeString(routes.resolve(idp + ".camel.yaml"), text);
  }
}
