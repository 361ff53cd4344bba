package io.gatehouse.idp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.edge.ScimRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A quirk copies what it changes: what was sent stays, and what needs no repair is shared. */
class SharedTreesTest {

  private static final Path ROUTES = Path.of("routes/idp");
  private static final Pattern QUIRKS = Pattern.compile("quirks:([a-z,-]+)");

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.gatehouse.idp.GoldenRequests#all")
  void noQuirkChangesWhatWasSent(String name, Path file) throws IOException {
    JsonNode golden = GoldenRequests.read(file);
    for (Quirk quirk : each()) {
      ScimRequest sent = GoldenRequests.request(golden);

      ScimRequest meant = quirk.fix(sent);

      assertThat(sent.body().toString()).isEqualTo(golden.path("body").toString());
      if (meant.repairs().isEmpty()) {
        assertThat(meant.body()).isSameAs(sent.body());
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.gatehouse.idp.GoldenRequests#all")
  void whatAQuirkDoesNotChangeIsShared(String name, Path file) throws IOException {
    JsonNode golden = GoldenRequests.read(file);
    for (String quirk : Quirks.names()) {
      ScimRequest sent = GoldenRequests.request(golden);
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
}
