package io.gatehouse.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A SCIM call, authenticated, bounded and parsed. The quirks turn one into another.
 *
 * @param caller whose credential it carried
 * @param line what was asked of which resource
 * @param conditions the preconditions
 * @param body the JSON body; empty when the method has none
 * @param repairs what the quirks repaired so far, as {@code name path}, without values
 */
public record ScimRequest(
    Caller caller, Line line, Conditions conditions, ObjectNode body, List<String> repairs) {

  /**
   * The request line.
   *
   * @param method in upper case
   * @param path below the base URL, decoded, without a leading slash, for example {@code Users/42}
   * @param parameters the query, decoded; the first value of each
   * @param base the absolute base URL, for {@code Location}
   */
  public record Line(String method, String path, Map<String, String> parameters, String base) {}

  /** Preconditions of RFC 9110 section 13. */
  public record Conditions(@Nullable String ifMatch, @Nullable String ifNoneMatch) {}

  public String idp() {
    return caller.idp();
  }

  /** The same request with another body, and a record of what was repaired. */
  public ScimRequest repaired(String quirk, String path, ObjectNode fixed) {
    List<String> all = new ArrayList<>(repairs);
    all.add(quirk + " " + path);
    return new ScimRequest(caller, line, conditions, fixed, List.copyOf(all));
  }

  /** The same request with another method and body. */
  public ScimRequest as(String method, ObjectNode fixed) {
    Line changed = new Line(method, line.path(), line.parameters(), line.base());
    return new ScimRequest(caller, changed, conditions, fixed, repairs);
  }
}
