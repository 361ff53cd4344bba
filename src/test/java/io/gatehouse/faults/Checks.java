package io.gatehouse.faults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.faults.Findings.Count;
import io.gatehouse.faults.History.Call;
import io.gatehouse.faults.Stores.Logged;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Compares what the clients saw with the stores and the events, once nothing is under way. */
final class Checks {

  private final Stores stores;
  private final Collection<UUID> accepted;
  private final List<Written> users;
  private final Set<String> received;
  private final Findings findings = new Findings();

  /**
   * Checks of one round.
   *
   * @param accepted the commands that the broker has accepted
   * @param received the ids of the events of all rounds so far, to which those of this one are
   *     added
   */
  Checks(Stores stores, Collection<UUID> accepted, List<Written> users, Set<String> received) {
    this.stores = stores;
    this.accepted = accepted;
    this.users = users;
    this.received = received;
  }

  /** All checks; the events are those of the round, in the order in which they came. */
  Findings run(List<ObjectNode> events) {
    findings.add(Count.USERS, users.size());
    commands();
    Map<UUID, List<Logged>> changes =
        stores.changes(ids()).stream().collect(Collectors.groupingBy(Logged::user));
    Set<UUID> halfErased = Set.copyOf(stores.halfErased(ids()));
    Map<UUID, Long> versions = stores.versions(ids());
    for (Written user : users) {
      if (halfErased.contains(user.id())) {
        findings.wrong(Count.NOT_ERASED, user.id() + " has neither a row nor a tombstone, or both");
      } else {
        versions(user.id(), versions.get(user.id()), changes.getOrDefault(user.id(), List.of()));
      }
    }
    events(events, changes);
    erasures();
    stores.unaudited(ids()).forEach(it -> findings.wrong(Count.UNAUDITED, it));
    users.forEach(this::linearizable);
    return findings;
  }

  private List<UUID> ids() {
    return users.stream().map(Written::id).toList();
  }

  private void commands() {
    findings.add(Count.ACCEPTED, accepted.size());
    stores.withoutOutcome(accepted).forEach(it -> findings.wrong(Count.LOST, "command " + it));
    stores.appliedTwice(accepted).forEach(it -> findings.wrong(Count.DOUBLED, "command " + it));
    int waiting = stores.unannounced();
    if (waiting > 0) {
      findings.wrong(Count.UNANNOUNCED, waiting + " changes");
    }
    int gaps = stores.gapsInTheFeed();
    if (gaps != 0) {
      findings.wrong(Count.FEED_GAPS, gaps + " numbers");
    }
  }

  private void versions(UUID user, long last, List<Logged> changes) {
    List<Long> versions = changes.stream().map(Logged::version).toList();
    if (!Set.copyOf(versions).equals(to(last))) {
      findings.wrong(Count.VERSION_GAPS, user + " has " + versions + " of " + last);
    }
    List<Long> announced =
        changes.stream()
            .filter(it -> it.sequence() != null)
            .sorted(Comparator.comparing(Logged::sequence))
            .map(Logged::version)
            .toList();
    ascending(user, announced);
  }

  private void ascending(UUID user, List<Long> versions) {
    for (int i = 1; i < versions.size(); i++) {
      if (versions.get(i) < versions.get(i - 1)) {
        findings.wrong(Count.INVERTED, user + " " + versions);
      }
    }
  }

  private static Set<Long> to(long last) {
    return LongStream.rangeClosed(1, last).boxed().collect(Collectors.toSet());
  }

  private void events(List<ObjectNode> events, Map<UUID, List<Logged>> changes) {
    findings.add(Count.EVENTS, events.size());
    Map<String, List<ObjectNode>> byUser = new HashMap<>();
    for (ObjectNode event : events) {
      if (!received.add(event.path("id").asText())) {
        findings.wrong(Count.PHANTOM_EVENTS, "twice: " + event.path("id"));
      }
      byUser
          .computeIfAbsent(event.at("/data/id").asText(), it -> new java.util.ArrayList<>())
          .add(event);
    }
    Map<String, UUID> known =
        ids().stream().collect(Collectors.toMap(UUID::toString, Function.identity()));
    byUser.forEach(
        (user, of) -> {
          if (known.containsKey(user)) {
            eventsOf(known.get(user), of, changes.getOrDefault(known.get(user), List.of()));
          }
        });
    known.forEach(
        (text, id) -> {
          if (!byUser.containsKey(text)) {
            findings.wrong(Count.MISSING_EVENTS, "all of " + id);
          }
        });
  }

  private void eventsOf(UUID user, List<ObjectNode> events, List<Logged> changes) {
    List<Long> versions = events.stream().map(it -> it.at("/data/version").asLong()).toList();
    ascending(user, versions);
    Map<Long, Long> announced = new HashMap<>();
    changes.forEach(it -> announced.put(it.version(), it.sequence()));
    for (ObjectNode event : events) {
      Long sequence = announced.get(event.at("/data/version").asLong());
      if (sequence == null || sequence != event.path("sequence").asLong()) {
        findings.wrong(Count.PHANTOM_EVENTS, user + " " + event.path("id") + " of " + sequence);
      }
    }
    announced.keySet().stream()
        .filter(it -> !versions.contains(it))
        .forEach(it -> findings.wrong(Count.MISSING_EVENTS, user + " version " + it));
    last(user, events.get(events.size() - 1));
  }

  /** The last event has the state that the last reader has seen. */
  private void last(UUID user, ObjectNode event) {
    List<Call> calls =
        users.stream()
            .filter(it -> it.id().equals(user))
            .findFirst()
            .orElseThrow()
            .history()
            .calls();
    UserState seen = calls.get(calls.size() - 1).seen();
    if (seen == null || seen.version() != event.at("/data/version").asLong()) {
      return; // the user has gone, or the versions are counted above
    }
    boolean active = event.at("/data/resource/active").asBoolean(true);
    if (!event.at("/data/resource/title").asText().equals(seen.title())
        || active != seen.active()) {
      findings.wrong(Count.STALE_EVENTS, seen + " and " + event);
    }
  }

  private void erasures() {
    Set<UUID> erased = Set.copyOf(stores.erased(ids()));
    List<String> outcomes = erased.isEmpty() ? List.of() : stores.outcomesWith(prefix());
    for (Written user : users.stream().filter(it -> erased.contains(it.id())).toList()) {
      findings.add(Count.ERASED, 1);
      long rows =
          stores.rowsWith(user.id(), user.name())
              + outcomes.stream().filter(it -> it.contains(user.name())).count();
      if (rows > 0) {
        findings.wrong(Count.NOT_ERASED, rows + " rows with " + user.name());
      }
    }
  }

  /** What the names of the users of a round have in common. */
  private String prefix() {
    String name = users.get(0).name();
    return name.substring(0, name.indexOf('-') + 1);
  }

  private void linearizable(Written user) {
    findings.add(Count.HISTORIES, 1);
    if (!user.history().isLinearizable()) {
      findings.wrong(Count.NOT_LINEARIZABLE, user.id() + "\n" + user.history());
    }
  }
}
