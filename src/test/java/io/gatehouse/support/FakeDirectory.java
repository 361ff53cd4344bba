package io.gatehouse.support;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Who works at an imaginary company, who is in which group and application, and what happened. */
final class FakeDirectory {

  enum State {
    STAGED,
    ACTIVE,
    SUSPENDED,
    DEACTIVATED,
    DELETED
  }

  enum What {
    USER_CREATED,
    USER_UPDATED,
    USER_DEACTIVATED,
    USER_SUSPENDED,
    USER_REACTIVATED,
    USER_DELETED,
    APP_ADDED,
    APP_REMOVED,
    GROUP_CREATED,
    GROUP_UPDATED,
    GROUP_DELETED,
    MEMBER_ADDED,
    MEMBER_REMOVED
  }

  /** Something that happened to a user, a group, or a user in a container. */
  record Happening(long id, UUID uuid, Instant at, What what, String user, String container) {}

  record Group(String id, String name, Set<String> members) {}

  private final Clock clock;
  final Map<String, FakeUser> users = new LinkedHashMap<>();
  final Map<String, Group> groups = new TreeMap<>();
  final Map<String, Set<String>> applications = new TreeMap<>();
  final Set<String> unknown = new LinkedHashSet<>();
  final List<Happening> log = new ArrayList<>();

  FakeDirectory(Clock clock) {
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  synchronized FakeUser user(String id) {
    FakeUser known = users.get(id);
    if (known != null) {
      return known;
    }
    FakeUser made = new FakeUser(this, id);
    users.put(id, made);
    happened(What.USER_CREATED, id, null);
    return made;
  }

  synchronized void set(String user, State state, What what) {
    users.get(user).enter(state);
    happened(what, user, null);
  }

  synchronized void assign(String user, String application, boolean now) {
    Set<String> assigned = applications.computeIfAbsent(application, it -> new LinkedHashSet<>());
    if (now ? assigned.add(user) : assigned.remove(user)) {
      happened(now ? What.APP_ADDED : What.APP_REMOVED, user, application);
    }
  }

  synchronized void group(String id, String name) {
    Group known = groups.get(id);
    groups.put(id, new Group(id, name, known == null ? new LinkedHashSet<>() : known.members()));
    happened(known == null ? What.GROUP_CREATED : What.GROUP_UPDATED, null, id);
  }

  synchronized void member(String group, String user, boolean now) {
    Set<String> members = groups.get(group).members();
    if (now ? members.add(user) : members.remove(user)) {
      happened(now ? What.MEMBER_ADDED : What.MEMBER_REMOVED, user, group);
    }
  }

  synchronized void deleteGroup(String id) {
    groups.remove(id);
    happened(What.GROUP_DELETED, null, id);
  }

  synchronized void happened(What what, String user, String container) {
    log.add(new Happening(log.size() + 1, UUID.randomUUID(), now(), what, user, container));
  }

  /** Users whom nobody has deleted. */
  synchronized List<String> present(Set<String> ids) {
    return ids.stream()
        .filter(it -> users.containsKey(it) && users.get(it).state() != State.DELETED)
        .toList();
  }
}
