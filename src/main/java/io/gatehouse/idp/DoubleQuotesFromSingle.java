package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.ScimException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * BUG-76: {@code members[value eq '7']} becomes {@code members[value eq "7"]}, in paths and in
 * filters. As a part of the value, the quotes would match no member: a removal would have no effect
 * and be answered with success.
 */
final class DoubleQuotesFromSingle implements RewritingQuirk {

  /**
   * A string, which is skipped, or an operator and a value in single quotes after it. An apostrophe
   * inside of a word does not end the value.
   */
  private static final Pattern SINGLE =
      Pattern.compile(
          "\"(?:[^\"\\\\]++|\\\\.)*+\"?+"
              + "|(\\s(?:eq|ne|co|sw|ew|gt|ge|lt|le)\\s*)'((?:[^']|'(?![\\s)\\]]|$))*+)'",
          Pattern.CASE_INSENSITIVE);

  @Override
  public String name() {
    return "double-quotes-from-single";
  }

  @Override
  public ScimRequest fix(ScimRequest request) {
    ScimRequest asked = RequestFilters.rewritten(request, name(), DoubleQuotesFromSingle::meant);
    return RewritingQuirk.super.fix(asked);
  }

  @Override
  public String path(ResourceDefinition definition, String path) {
    return path.contains("[") && path.length() <= FilterText.MAX_LENGTH ? meant(path) : path;
  }

  private static String meant(String filter) {
    return filter.indexOf('\'') < 0
        ? filter
        : SINGLE
            .matcher(filter)
            .replaceAll(
                it ->
                    Matcher.quoteReplacement(
                        it.group(2) == null ? it.group() : it.group(1) + quoted(it.group(2))));
  }

  /** Quotes the content; escapes of JSON are kept, any other backslash stands for itself. */
  private static String quoted(String content) {
    String escaped = content.replace("\\'", "'").replaceAll("(?<!\\\\)\"", "\\\\\"");
    try {
      List<JsonNode> values = Json.values(("\"" + escaped + "\"").getBytes(StandardCharsets.UTF_8));
      if (values.size() == 1 && values.get(0).isTextual()) {
        return Json.text(values.get(0));
      }
    } catch (ScimException e) {
      return Json.text(TextNode.valueOf(content));
    }
    return Json.text(TextNode.valueOf(content));
  }
}
