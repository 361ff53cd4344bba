package io.gatehouse.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway of the version before runs on the tables of this one. */
class AdditiveMigrationTest {

  private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

  @Test
  void migrationsSinceTheFixtureAddOnly() throws IOException {
    Set<String> before = names(UpgradeFixture.latest().migrations());
    try (Stream<Path> all = Files.list(MIGRATIONS)) {
      for (Path file : all.filter(it -> !before.contains(it.getFileName().toString())).toList()) {
        assertThat(new AdditiveMigration(Files.readString(file)).violations())
            .as(file.toString())
            .isEmpty();
      }
    }
  }

  @Test
  void migrationsOfTheFixtureAreAsTheyWere() throws IOException {
    try (Stream<Path> all = Files.list(UpgradeFixture.latest().migrations())) {
      for (Path file : all.toList()) {
        assertThat(MIGRATIONS.resolve(file.getFileName())).hasSameTextualContentAs(file);
      }
    }
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(it -> it.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop table person",
        "alter table person drop column title",
        "alter table person drop title",
        "alter table person rename column title to name",
        "alter table person rename to people",
        "alter table person alter column version type int",
        "alter table person alter version set data type int",
        "alter table person alter column external_id set not null",
        "alter table person\n  add column title text,\n  add column rank int not null",
        "alter table person add rank int not null",
        "alter table person add constraint short check (length(user_name) < 9)",
        "alter table person add unique (external_id)",
        "create unique index x on person (external_id)",
        "-- nothing\ntruncate change",
        "create table other (id int); alter table person drop column title"
      })
  void catches(String sql) {
    assertThat(new AdditiveMigration(sql).violations()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table hint (id uuid primary key, name text not null)",
        "create table hint (id int); alter table hint add column rank int not null;"
            + " create unique index x on hint (id)",
        "alter table person add column title text",
        "alter table person add column rank int not null default 0",
        "alter table person add column boss uuid references person",
        "create index person_title on person (title) -- drop table person",
        "alter table person drop constraint person_check",
        "alter table person alter column title drop not null",
        "drop index person_title",
        "update person set title = ''"
      })
  void allows(String sql) {
    assertThat(new AdditiveMigration(sql).violations()).isEmpty();
  }
}
