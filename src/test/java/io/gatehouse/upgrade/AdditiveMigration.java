package io.gatehouse.upgrade;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The SQL of a migration, after which a gateway of the version before must be able to go on: it
 * reads and writes the columns that it knows, and no others.
 */
record AdditiveMigration(String sql) {

  private static final Pattern COMMENT = Pattern.compile("--[^\n]*|/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern CREATED =
      Pattern.compile("create table (?:if not exists )?([\\w.]+)");
  private static final Pattern ALTERED =
      Pattern.compile("alter table (?:if exists )?(?:only )?([\\w.]+)(.*)");
  private static final Pattern UNIQUE =
      Pattern.compile("create unique index .*?\\bon (?:only )?([\\w.]+)");

  /** What the version before relies on, of tables that it knows. */
  private static final Map<Pattern, String> OF_TABLES =
      Map.of(
          Pattern.compile("\\bdrop (column )?(if exists )?(?!constraint|not null|default)\\w"),
          "drops a column",
          Pattern.compile("\\brename\\b"),
          "renames",
          Pattern.compile("\\balter (column )?\\w+ (set data )?type\\b"),
          "changes a type",
          Pattern.compile("\\bset not null\\b"),
          "demands a value that the version before does not write",
          Pattern.compile(
              "\\badd (constraint \\w+ )?(check|unique|foreign key|primary key|exclude)\\b"),
          "demands what the version before does not keep");

  private static final Pattern REQUIRED =
      Pattern.compile("\\badd (column )?(if not exists )?\\w+ [^,]*\\bnot null\\b[^,]*");

  private static final Pattern DROPPED =
      Pattern.compile(
          "^(drop (table|view|schema|type|function|sequence)|truncate|alter .* rename)\\b");

  /** What breaks the rule; empty when nothing does. */
  List<String> violations() {
    Set<String> own = new HashSet<>();
    return Stream.of(COMMENT.matcher(sql).replaceAll("").toLowerCase(Locale.ROOT).split(";"))
        .map(it -> it.strip().replaceAll("\\s+", " "))
        .flatMap(it -> violations(it, own))
        .toList();
  }

  private static Stream<String> violations(String statement, Set<String> own) {
    Matcher created = CREATED.matcher(statement);
    if (created.lookingAt()) {
      own.add(created.group(1));
    }
    if (DROPPED.matcher(statement).find()) {
      return Stream.of("drops or renames: " + statement);
    }
    Matcher unique = UNIQUE.matcher(statement);
    if (unique.lookingAt() && !own.contains(unique.group(1))) {
      return Stream.of("demands what the version before does not keep: " + statement);
    }
    Matcher altered = ALTERED.matcher(statement);
    return altered.lookingAt() && !own.contains(altered.group(1))
        ? ofTable(altered.group(2)).map(it -> it + ": " + statement)
        : Stream.empty();
  }

  private static Stream<String> ofTable(String change) {
    Stream<String> named =
        OF_TABLES.entrySet().stream()
            .filter(it -> it.getKey().matcher(change).find())
            .map(Map.Entry::getValue);
    Stream<String> required =
        REQUIRED
            .matcher(change)
            .results()
            .filter(it -> !it.group().contains("default"))
            .map(it -> "adds a column that the version before does not fill");
    return Stream.concat(named, required);
  }
}
