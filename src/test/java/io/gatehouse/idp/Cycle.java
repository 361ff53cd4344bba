package io.gatehouse.idp;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.idp.Team.Moves;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What happens at the {@link Company}: its IdP tells the gateway in its {@link Dialect}, and what
 * must come of it is written down.
 */
final class Cycle implements AutoCloseable {

  private static final Duration RETENTION = Duration.ofDays(90);

  private final Gateway gateway = Gateway.shared();
  private final Company company = new Company();
  private final Journal journal = new Journal();
  private final ScimClient idp;
  private final Dialect dialect;
  private final Subscriber subscriber;

  /** With a tenant, a connection and a subscriber of its own. */
  Cycle(String idp, Function<ScimClient, Dialect> dialect) throws JMSException {
    this.idp = gateway.connection(idp);
    this.dialect = dialect.apply(this.idp);
    this.subscriber = Subscriber.of(gateway.subscription(this.idp.tenant(), "training", "hr"));
  }

  void testConnection() {
    dialect.testConnection();
  }

  /** Several at a time. */
  void hireEverybody() {
    company.people.parallelStream()
        .forEach(
            person -> {
              person.id = dialect.create(person);
              journal.expect(subject(person), "created", dialect.kept(person));
            });
  }

  /** Before anybody is hired this is said with each person, afterwards by itself. */
  void appointManagers() {
    change(company.staff(), it -> report(it, 0), Person.MANAGER);
  }

  void formTeams() {
    for (Team team : company.teams) {
      team.id = dialect.create(team);
      journal.expect(subject(team), "created", dialect.kept(team));
      tell(team, Moves.joining(team.members));
    }
  }

  void renamePeople() {
    change(company.marrying(), it -> it.named("Curie"), Person.NAMES);
    change(company.nicknamed(), it -> it.displayName = it.givenName + " the Great", "displayName");
  }

  void renameATeam() {
    Team team = company.managers;
    team.name = "Leaders";
    dialect.rename(team);
    journal.expect(subject(team), "updated", dialect.kept(team), "displayName");
  }

  void movePeople() {
    Map<String, List<Person>> goers =
        company.moving().stream().collect(groupingBy(it -> it.department));
    change(company.moving(), it -> it.department = Company.otherDepartment(it), Person.DEPARTMENT);
    Map<String, List<Person>> comers =
        company.moving().stream().collect(groupingBy(it -> it.department));
    for (String department : goers.keySet()) {
      Team team = company.team(department);
      move(team, comers.get(department), goers.get(department));
    }
  }

  void changeManagers() {
    change(company.reorganised(), it -> report(it, 1), Person.MANAGER + ".value");
  }

  /** Tells again what is known already, of which nobody must hear. */
  void repeatItself() {
    for (Person person : company.reorganised()) {
      dialect.update(person, "active", "userName", Person.MANAGER + ".value");
    }
  }

  /** Ten are disabled, one of whom comes back. */
  void disablePeople() {
    change(company.leaving(), it -> it.active = false, "active");
    change(company.leaving().subList(0, 1), it -> it.active = true, "active");
  }

  /** As IdPs do that have only assigned people in groups. */
  void removeTheDisabledFromTeams() {
    for (Team team : company.teams) {
      List<Person> gone = team.members.stream().filter(it -> !it.active).toList();
      if (!gone.isEmpty()) {
        move(team, List.of(), gone);
      }
    }
  }

  /** All but one of the disabled; of this nobody must hear. */
  void deleteThirtyDaysLater() {
    company.leaving().stream()
        .filter(it -> !it.active)
        .skip(1)
        .forEach(
            person -> {
              dialect.delete(person);
              person.deleted = true;
            });
  }

  private void report(Person person, int choice) {
    person.manager = dialect.reference(company.manager(person, choice));
  }

  private void change(List<Person> people, Consumer<Person> change, String... paths) {
    people.parallelStream().forEach(it -> change(it, change, paths));
  }

  private void change(Person person, Consumer<Person> change, String... paths) {
    boolean before = person.active;
    change.accept(person);
    if (person.id != null) {
      dialect.update(person, paths);
      String came = person.active ? "reactivated" : "deactivated";
      String type = before == person.active ? "updated" : came;
      journal.expect(subject(person), type, dialect.kept(person), paths);
    }
  }

  private void move(Team team, Collection<Person> joined, Collection<Person> left) {
    team.members.addAll(joined);
    team.members.removeAll(left);
    tell(team, new Moves(Team.ids(joined), Team.ids(left)));
  }

  private void tell(Team team, Moves moves) {
    for (Moves made : dialect.move(team, moves)) {
      journal.expect(subject(team), made, dialect.kept(team));
    }
  }

  /** What the IdP reads is the company as it is, user by user and group by group. */
  void requireState() {
    Map<UUID, ObjectNode> users = new TreeMap<>();
    company.people.stream()
        .filter(it -> !it.deleted)
        .forEach(
            it ->
                users.put(
                    it.id,
                    Shown.of(dialect.kept(it), journal.version(subject(it)), company.teamsOf(it))));
    Map<UUID, ObjectNode> groups = new TreeMap<>();
    company.teams.forEach(
        it ->
            groups.put(
                it.id, Shown.of(dialect.kept(it), journal.version(subject(it)), it.present())));
    Shown.require(users, idp, "/Users");
    Shown.require(groups, idp, "/Groups");
  }

  /** A subscriber has heard of all that has happened, and of nothing else. */
  void requireEvents() throws JMSException {
    List<ObjectNode> events = subscriber.all();
    journal.requireHeard(events);
    Map<String, JsonNode> last = new TreeMap<>();
    events.forEach(it -> last.put(it.path("subject").asText(), it));
    company.leaving().forEach(it -> requireDeadline(it, last.get(subject(it))));
  }

  /** Ninety days after the disabling, whatever came later. */
  private void requireDeadline(Person person, JsonNode last) {
    JsonNode announced = last.at("/data/lifecycle/purgeAfter");
    if (person.active) {
      assertThat(announced.isMissingNode()).isTrue();
      assertThat(kept(person, "purge_after")).isNull();
      return;
    }
    Instant disabled = Instant.parse(last.path("time").asText());
    assertThat(Instant.parse(announced.asText())).isEqualTo(disabled.plus(RETENTION));
    assertThat(kept(person, "purge_after").toInstant()).isEqualTo(disabled.plus(RETENTION));
    assertThat(kept(person, "deleted_at") != null).isEqualTo(person.deleted);
  }

  private OffsetDateTime kept(Person person, String column) {
    return gateway
        .bean(JdbcClient.class)
        .sql("select " + column + " from person where id = ?")
        .param(person.id)
        .query((row, n) -> row.getObject(1, OffsetDateTime.class))
        .list()
        .get(0);
  }

  private static String subject(Person person) {
    return "/Users/" + person.id;
  }

  private static String subject(Team team) {
    return "/Groups/" + team.id;
  }

  @Override
  public void close() throws JMSException {
    subscriber.close();
  }
}
