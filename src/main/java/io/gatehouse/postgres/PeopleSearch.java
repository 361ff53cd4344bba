package io.gatehouse.postgres;

import io.gatehouse.directory.PeopleQueries.Search;
import io.gatehouse.directory.ResourceQuery.Position;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The statement for one page of one stage of a search by text. Users of an earlier stage are left
 * out.
 *
 * @param after the key and the id of the last user of the previous page; null at the beginning
 */
record PeopleSearch(Search search, String text, SearchStage stage, @Nullable Position after) {

  private static final List<SearchStage> STAGES = List.of(SearchStage.values());

  /** The stage in which the previous page ended; the first for the first page. */
  static PeopleSearch from(Search search, String text) {
    Position after = search.after();
    String place = after == null ? null : after.key();
    if (after == null || place == null || place.isEmpty()) {
      return new PeopleSearch(search, text, STAGES.get(0), null);
    }
    int stage = Math.max(0, Math.min(STAGES.size() - 1, place.charAt(0) - '0'));
    return new PeopleSearch(
        search, text, STAGES.get(stage), new Position(place.substring(1), after.id()));
  }

  /** The beginning of the next stage. */
  Optional<PeopleSearch> next() {
    return STAGES.indexOf(stage) + 1 == STAGES.size()
        ? Optional.empty()
        : Optional.of(new PeopleSearch(search, text, STAGES.get(STAGES.indexOf(stage) + 1), null));
  }

  /** The place of a match: the number of the stage, then the key. */
  String place(String key) {
    return STAGES.indexOf(stage) + key;
  }

  SqlFragment sql(int count) {
    SqlFragment sql =
        SqlFragment.of(
                "select %s, %s as place from person p where p.tenant_id = ?"
                    .formatted(PostgresPeople.COLUMNS, stage.key()),
                search.tenant())
            .then(" and ")
            .then(stage.condition(text))
            .then(inState());
    for (SearchStage earlier : STAGES.subList(0, STAGES.indexOf(stage))) {
      sql = sql.then(earlier.condition(text).in(" and (", ") is not true"));
    }
    return sql.then(from()).then(" order by " + stage.key() + ", p.id limit ?", count);
  }

  private SqlFragment inState() {
    SqlFragment inState = SqlFragment.of(PeoplePage.inState(search.state()));
    UUID connection = search.connection();
    return connection == null ? inState : inState.then(" and p.connection_id = ?", connection);
  }

  private SqlFragment from() {
    return after == null
        ? SqlFragment.of("")
        : SqlFragment.of(
            " and (" + stage.key() + ", p.id) > (?, ?)", String.valueOf(after.key()), after.id());
  }
}
