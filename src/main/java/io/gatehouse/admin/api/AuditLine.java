package io.gatehouse.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.audit.AuditTrail.Entry;
import io.gatehouse.scim.Json;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An entry of the audit log as a line of a file. */
final class AuditLine {

  static final List<String> COLUMNS =
      List.of(
          "id",
          "at",
          "actor",
          "action",
          "status",
          "connection",
          "resource",
          "command",
          "address",
          "credential",
          "reason",
          "refused",
          "about");

  private AuditLine() {}

  /** The cells of a CSV file. */
  static List<String> cells(Entry it) {
    return List.of(
        String.valueOf(it.id()),
        it.at().toString(),
        cell(it.actor()),
        cell(it.action()),
        String.valueOf(it.status()),
        cell(it.connection()),
        cell(it.resource()),
        cell(it.command()),
        cell(it.address()),
        cell(it.credential()),
        cell(Json.text(it.detail(), "reason")),
        cell(Json.text(it.detail(), "refused")),
        cell(about(it)));
  }

  /** The administrator, token, session or link that an act of access concerns. */
  private static String about(Entry it) {
    JsonNode about = it.detail().path("about");
    return (about.path("kind").asText() + " " + about.path("name").asText()).strip();
  }

  private static String cell(@Nullable Object value) {
    return Objects.toString(SpreadsheetText.of(Objects.toString(value, "")));
  }

  /** A JSON object with the members of the admin API; of changes, without values. */
  static ObjectNode json(Entry it) {
    ObjectNode line = Json.object().put("id", it.id());
    put(line, "at", it.at());
    put(line, "actor", it.actor());
    put(line, "action", it.action());
    put(line, "connection", it.connection());
    put(line, "resource", it.resource());
    line.put("status", it.status());
    put(line, "command", it.command());
    put(line, "address", it.address());
    put(line, "credential", it.credential());
    ObjectNode detail = it.detail().deepCopy();
    detail
        .path("changes")
        .forEach(
            change -> {
              if (change instanceof ObjectNode node) {
                node.retain("path", "op");
              }
            });
    line.setAll(detail);
    if (it.event() != null) {
      line.putObject("event")
          .put("id", it.event().id().toString())
          .put("version", it.event().version());
    }
    return line;
  }

  private static void put(ObjectNode line, String name, @Nullable Object value) {
    if (value != null) {
      line.put(name, value.toString());
    }
  }
}
