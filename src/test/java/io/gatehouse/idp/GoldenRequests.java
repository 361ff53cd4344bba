package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schemas;
import io.gatehouse.support.ScimRequests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The requests in {@code src/test/resources/quirks}. */
final class GoldenRequests {

  static final Path FOLDER = Path.of("src/test/resources/quirks");

  private GoldenRequests() {}

  /** Their names and files. */
  static Stream<Object[]> all() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(it -> it.toString().endsWith(".in.json"))
          .sorted()
          .map(it -> new Object[] {it.getFileName().toString().replace(".in.json", ""), it})
          .toList()
          .stream();
    }
  }

  static JsonNode read(Path file) throws IOException {
    return Json.MAPPER.readTree(Files.readString(file));
  }

  /** A request with a body of its own. */
  static ScimRequest request(JsonNode golden) {
    JsonNode settings = golden.path("settings");
    return ScimRequests.of(
        ScimRequests.client(
            "any",
            settings.isObject() ? (ObjectNode) settings : Json.object(),
            Schemas.STANDARD.opened()),
        ScimRequests.line(
            golden.path("method").asText(),
            golden.path("path").asText("Users/" + new UUID(0, 1)),
            Map.of()),
        (ObjectNode) golden.path("body").deepCopy());
  }
}
