package io.gatehouse.idp;

import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.AttributePath;
import io.gatehouse.scim.Condition;
import io.gatehouse.scim.Definition;
import io.gatehouse.scim.ScimException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * ENTRA-09, ENTRA-36: {@code externalId eq jyoung} becomes {@code externalId eq "jyoung"}, and in a
 * path {@code roles[primary eq "True"]} becomes {@code roles[primary eq true]}. What can be read
 * stays, except that a value which is encoded once more is looked for as it is and decoded: {@code
 * userName eq "a%40x"} becomes {@code (userName eq "a%40x" or userName eq "a@x")}.
 */
final class FiltersAsMeant implements RewritingQuirk {

  private static final int MAX_LENGTH = 4096;

  /** Other readings of a long text take long, and a request has many paths but one filter. */
  private static final int MAX_PATH = 512;

  @Override
  public String name() {
    return "filters-as-meant";
  }

  @Override
  public ScimRequest fix(ScimRequest request) {
    String filter = request.line().parameters().get("filter");
    Optional<Definition> definition = request.definition();
    if (filter == null || definition.isEmpty()) {
      return RewritingQuirk.super.fix(request);
    }
    Predicate<String> readable = it -> isReadable(definition.get(), it);
    String meant = meant(filter, readable);
    String either = FilterText.eitherDecoded(meant);
    String best = readable.test(either) ? either : meant;
    return best.equals(filter) ? request : request.asking(name(), best);
  }

  @Override
  public String path(Definition definition, String path) {
    return path.contains("[") && path.length() <= MAX_PATH
        ? meant(path, it -> isReadablePath(definition, it))
        : path;
  }

  /** What is wrong outside of the brackets is the business of others. */
  private static boolean isReadablePath(Definition definition, String path) {
    return AttributePath.find(definition, path).isPresent()
        || AttributePath.isUnknown(definition, path);
  }

  private static boolean isReadable(Definition definition, String filter) {
    try {
      Condition.parse(definition, filter);
      return true;
    } catch (ScimException e) {
      return false;
    }
  }

  /** The first reading that makes sense. */
  private static String meant(String text, Predicate<String> readable) {
    if (text.length() > MAX_LENGTH || readable.test(text)) {
      return text;
    }
    String decoded = FilterText.decoded(text);
    String quoted = FilterText.quoted(text);
    return Stream.of(
            decoded,
            FilterText.wordsQuoted(text),
            quoted,
            FilterText.booleansBare(quoted),
            FilterText.wordsQuoted(decoded))
        .filter(readable)
        .findFirst()
        .orElse(text);
  }
}
