package io.gatehouse.idp;

import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.AttributePath;
import io.gatehouse.scim.FilterCondition;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.ScimException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * ENTRA-09, ENTRA-36, BUG-31, BUG-79: {@code externalId eq jyoung} becomes {@code externalId eq
 * "jyoung"}, and in a path {@code roles[primary eq "True"]} becomes {@code roles[primary eq true]}.
 * A backslash that begins no escape of JSON, as in {@code userName eq "EXAMPLE\jo"}, stands for
 * itself. A valid filter stays, except that a value which is URL-encoded twice is searched as it is
 * and decoded: {@code userName eq "a%40x"} becomes {@code (userName eq "a%40x" or userName eq
 * "a@x")}.
 */
final class FiltersAsMeant implements RewritingQuirk {

  /** The longest path that is read leniently, because a request has many paths but one filter. */
  private static final int MAX_PATH = 512;

  @Override
  public String name() {
    return "filters-as-meant";
  }

  @Override
  public ScimRequest fix(ScimRequest request) {
    ScimRequest asked =
        RequestFilters.rewritten(request, name(), filter -> meantFilter(request, filter));
    return RewritingQuirk.super.fix(asked);
  }

  private static String meantFilter(ScimRequest request, String filter) {
    List<ResourceDefinition> definitions = RequestFilters.definitions(request);
    Predicate<String> readable = it -> isReadable(definitions, it);
    String meant = meant(filter, readable);
    String either = FilterText.eitherDecoded(meant);
    return either.equals(meant) || readable.test(either) ? either : meant;
  }

  @Override
  public String path(ResourceDefinition definition, String path) {
    return path.contains("[") && path.length() <= MAX_PATH
        ? meant(path, it -> isReadablePath(definition, it))
        : path;
  }

  /**
   * Whether the filter in a path can be parsed; errors outside the brackets are handled elsewhere.
   */
  private static boolean isReadablePath(ResourceDefinition definition, String path) {
    return AttributePath.find(definition, path).isPresent()
        || AttributePath.isUnknown(definition, path);
  }

  private static boolean isReadable(List<ResourceDefinition> definitions, String filter) {
    try {
      FilterCondition.parse(
          definitions.get(0), filter, definitions.toArray(ResourceDefinition[]::new));
      return true;
    } catch (ScimException e) {
      return false;
    }
  }

  /** The first valid reading; the text itself when there is none. */
  private static String meant(String text, Predicate<String> readable) {
    if (text.length() > FilterText.MAX_LENGTH || readable.test(text)) {
      return text;
    }
    String decoded = FilterText.decoded(text);
    String quoted = FilterText.quoted(text);
    return Stream.of(
            decoded,
            FilterText.wordsQuoted(text),
            quoted,
            FilterText.booleansBare(quoted),
            FilterText.wordsQuoted(decoded),
            text)
        .map(FilterText::backslashesEscaped)
        .filter(readable)
        .findFirst()
        .orElse(text);
  }
}
