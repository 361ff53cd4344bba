package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.audit.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where each attribute of a user comes from. */
public final class AttributeOrigins {

  private AttributeOrigins() {}

  /**
   * The latest change of an attribute.
   *
   * @param path of an attribute, or of a sub-attribute of one with a single value
   * @param value of the attribute
   * @param source {@code connection}, {@code administrator}, {@code import} (by the administrator
   *     who is the actor) or {@code schedule}; absent, like the rest, when the audit log does not
   *     have the change
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Origin(
      String path,
      Object value,
      @Nullable String source,
      @Nullable String actor,
      @Nullable String action,
      @Nullable UUID connection,
      @Nullable Instant at) {}

  /** The attributes of a document with their origins. */
  static List<Origin> of(@Nullable Map<String, Object> document, List<Timeline.Origin> changes) {
    List<Origin> origins = new ArrayList<>();
    add(origins, "", document == null ? Map.of() : document, changes);
    return origins;
  }

  private static void add(
      List<Origin> to, String prefix, Map<?, ?> part, List<Timeline.Origin> changes) {
    part.forEach(
        (name, value) -> {
          String path = prefix + name;
          if (path.equals("schemas")) {
            return;
          }
          if (value instanceof Map<?, ?> complex) {
            add(to, path + (path.startsWith("urn:") ? ":" : "."), complex, changes);
          } else if (value != null) {
            to.add(origin(path, value, changes));
          }
        });
  }

  /** The latest of the changes of the path, of a part that has it, and of the creation. */
  private static Origin origin(String path, Object value, List<Timeline.Origin> changes) {
    return changes.stream()
        .filter(it -> covers(it.path(), path))
        .max(Comparator.comparing(Timeline.Origin::at))
        .map(
            it ->
                new Origin(
                    path, value, source(it), it.actor(), it.action(), it.connection(), it.at()))
        .orElseGet(() -> new Origin(path, value, null, null, null, null, null));
  }

  private static boolean covers(String changed, String path) {
    return changed.isEmpty()
        || path.equals(changed)
        || path.startsWith(changed + ".")
        || path.startsWith(changed + ":");
  }

  private static String source(Timeline.Origin change) {
    String actor = change.actor();
    if (actor.startsWith("idp:")) {
      return "connection";
    }
    if ("import".equals(change.channel())) {
      return "import";
    }
    return actor.equals("schedule") ? "schedule" : "administrator";
  }
}
