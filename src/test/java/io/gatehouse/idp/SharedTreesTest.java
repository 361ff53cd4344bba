package io.gatehouse.idp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.command.WrittenResponses;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A quirk copies what it changes: what was sent stays, and what needs no repair is shared. */
class SharedTreesTest {

  private static final Path GOLDEN = Path.of("src/test/resources/quirks");
  private static final Path ROUTES = Path.of("routes/idp");
  private static final Pattern QUIRKS = Pattern.compile("quirks:([a-z,-]+)");

  @ParameterizedTest(name = "{0}")
  @MethodSource("sent")
  void noQuirkChangesWhatWasSent(String name, JsonNode golden) throws IOException {
    for (Quirk quirk : each()) {
      ScimRequest sent = request(golden);

      ScimRequest meant = quirk.fix(sent);

      assertThat(sent.body().toString()).isEqualTo(golden.path("body").toString());
      if (meant.repairs().isEmpty()) {
        assertThat(meant.body()).isSameAs(sent.body());
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sent")
  void whatAQuirkDoesNotChangeIsShared(String name, JsonNode golden) {
    for (String quirk : Quirks.names()) {
      ScimRequest sent = request(golden);
      ScimRequest meant = Quirks.named(quirk).fix(sent);
      for (Map.Entry<String, JsonNode> member : meant.body().properties()) {
        JsonNode before = sent.body().path(member.getKey());
        if (member.getValue().isContainerNode() && member.getValue().equals(before)) {
          assertThat(member.getValue()).as(quirk).isSameAs(before);
        }
      }
      for (JsonNode operation : meant.body().path("Operations")) {
        for (JsonNode before : sent.body().path("Operations")) {
          if (operation.equals(before)) {
            assertThat(operation).as(quirk).isSameAs(before);
          }
        }
      }
    }
  }

  /** Each quirk alone, and those of each profile one after the other. */
  private static List<Quirk> each() throws IOException {
    List<Quirk> all = new ArrayList<>(profiles());
    Quirks.names().forEach(it -> all.add(Quirks.named(it)));
    return all;
  }

  private static List<Quirk> profiles() throws IOException {
    List<Quirk> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(ROUTES)) {
      for (Path file : files.toList()) {
        List<String> lists =
            QUIRKS.matcher(Files.readString(file)).results().map(it -> it.group(1)).toList();
        all.add(Quirks.named(String.join(",", lists)));
      }
    }
    return all;
  }

  private static Stream<Object[]> sent() throws IOException {
    try (Stream<Path> files = Files.walk(GOLDEN)) {
      List<Object[]> all = new ArrayList<>();
      for (Path file : files.filter(it -> it.toString().endsWith(".in.json")).sorted().toList()) {
        String name = file.getFileName().toString().replace(".in.json", "");
        all.add(new Object[] {name, Json.MAPPER.readTree(Files.readString(file))});
      }
      return all.stream();
    }
  }

  private static ScimRequest request(JsonNode golden) {
    UUID id = new UUID(0, 1);
    return new ScimRequest(
        new ScimRequest.Client(
            new Caller(id, "acme", id, "any"),
            golden.path("settings").isObject()
                ? (ObjectNode) golden.path("settings")
                : Json.object(),
            Schemas.STANDARD.opened(),
            "",
            new WrittenResponses().call()),
        new ScimRequest.Line(
            golden.path("method").asText(),
            golden.path("path").asText("Users/" + id),
            Map.of(),
            ""),
        ScimRequest.Conditions.NONE,
        (ObjectNode) golden.path("body").deepCopy(),
        List.of());
  }
}
