package io.gatehouse.idp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each quirk turns its {@code .in.json} into its {@code .out.json}, and nothing else. */
class QuirksTest {

  private static final Path GOLDEN = Path.of("src/test/resources/quirks");

  @ParameterizedTest(name = "{0}")
  @MethodSource("golden")
  void makesOfWhatWasSentWhatWasMeant(String quirk, Path in) throws IOException {
    JsonNode expected = read(Path.of(in.toString().replace(".in.json", ".out.json")));
    ScimRequest sent = request(read(in));

    ScimRequest meant = Quirks.named(quirk).fix(sent);

    assertThat(meant.body()).isEqualTo(expected.path("body"));
    assertThat(meant.line().method()).isEqualTo(expected.path("method").asText());
    assertThat(meant.repairs()).isNotEmpty().allMatch(it -> it.startsWith(quirk));
    assertThat(sent.body())
        .as("the request itself is not changed")
        .isEqualTo(read(in).path("body"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("golden")
  void leavesAloneWhatNeedsNoRepair(String quirk, Path in) throws IOException {
    if (quirk.equals("keep-what-put-omits")) {
      return; // every PUT is one
    }
    ScimRequest meant = request(read(Path.of(in.toString().replace(".in.json", ".out.json"))));

    ScimRequest again = Quirks.named(quirk).fix(meant);

    assertThat(again.body()).isEqualTo(meant.body());
    assertThat(again.repairs()).isEmpty();
  }

  @Test
  void hasAGoldenPairForEveryQuirk() throws IOException {
    Set<String> golden = new TreeSet<>(Set.of("none"));
    golden().forEach(it -> golden.add((String) it[0]));

    assertThat(golden).containsExactlyInAnyOrderElementsOf(Quirks.names());
  }

  @Test
  void refusesANameThatIsNotInTheCatalogue() {
    assertThatThrownBy(() -> Quirks.named("none,no-such-quirk"))
        .hasMessageContaining("no-such-quirk")
        .hasMessageContaining("fold-operation-names");
  }

  private static Stream<Object[]> golden() throws IOException {
    try (Stream<Path> files = Files.walk(GOLDEN)) {
      return files
          .filter(it -> it.toString().endsWith(".in.json"))
          .sorted()
          .map(it -> new Object[] {it.getFileName().toString().replace(".in.json", ""), it})
          .toList()
          .stream();
    }
  }

  private static JsonNode read(Path file) throws IOException {
    return Json.MAPPER.readTree(Files.readString(file));
  }

  private static ScimRequest request(JsonNode golden) {
    UUID id = new UUID(0, 1);
    return new ScimRequest(
        new Caller(id, "acme", id, "any"),
        new ScimRequest.Line(golden.path("method").asText(), "Users/" + id, Map.of(), ""),
        new ScimRequest.Conditions(null, null),
        (ObjectNode) golden.path("body"),
        List.of());
  }
}
