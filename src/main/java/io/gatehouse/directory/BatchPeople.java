package io.gatehouse.directory;

import io.gatehouse.command.Caller;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.Outcome.GroupName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The users of a batch: as loaded at first, then as the fold has changed them. */
public final class BatchPeople {

  private final Map<UUID, Person> people = new LinkedHashMap<>();
  private final Map<String, Set<UUID>> named = new HashMap<>();
  private final Map<UUID, Person> changed = new LinkedHashMap<>();
  private final List<Person> erased = new ArrayList<>();
  private final Map<UUID, List<GroupName>> groups;

  /**
   * Starts from the stored users.
   *
   * @param stored locked until the transaction ends
   */
  public BatchPeople(Collection<Person> stored) {
    this(stored, Map.of());
  }

  /**
   * Starts from the stored users.
   *
   * @param groups those of users who are in few, where the batch changes no group
   */
  public BatchPeople(Collection<Person> stored, Map<UUID, List<GroupName>> groups) {
    this.groups = groups;
    stored.forEach(this::keep);
  }

  /**
   * Indexes a user under every userName that the user has had in the batch; lookups compare the
   * present one.
   */
  private void keep(Person person) {
    people.put(person.id(), person);
    named.computeIfAbsent(person.userNameKey(), it -> new LinkedHashSet<>()).add(person.id());
  }

  /** Whether a user was loaded or created by the batch, visible or not. */
  boolean knows(UUID id) {
    return people.containsKey(id);
  }

  /** A user of this connection who is visible by SCIM. */
  Optional<Person> visible(Caller caller, UUID id) {
    return Optional.ofNullable(people.get(id))
        .filter(controlledBy(caller))
        .filter(it -> !it.lifecycle().hidden());
  }

  /** The user who has this userName in the tenant, under any connection or none. */
  Optional<Person> holder(Caller caller, String userNameKey) {
    return named.getOrDefault(userNameKey, Set.of()).stream()
        .flatMap(id -> ofTenant(caller, id).stream())
        .filter(it -> !it.lifecycle().hidden() && it.userNameKey().equals(userNameKey))
        .findFirst();
  }

  /** The inactive users of this connection, visible or not. */
  Stream<Person> inactive(Caller caller) {
    return people.values().stream().filter(controlledBy(caller)).filter(it -> !it.active());
  }

  /** Whether an active user of this connection has this externalId. */
  boolean isHere(Caller caller, String externalId) {
    return people.values().stream()
        .filter(controlledBy(caller))
        .anyMatch(it -> it.active() && externalId.equals(it.externalId()));
  }

  private static Predicate<Person> controlledBy(Caller caller) {
    return it -> caller.controls(it.tenant(), it.connection());
  }

  /** A user of the tenant, visible or not, of any connection or none. */
  Optional<Person> ofTenant(Caller caller, UUID id) {
    return Optional.ofNullable(people.get(id)).filter(it -> it.tenant().equals(caller.tenant()));
  }

  /** The visible users without a connection who have this userName or this e-mail. */
  List<Person> unmanaged(Caller caller, String userNameKey, @Nullable String emailKey) {
    return people.values().stream()
        .filter(it -> it.tenant().equals(caller.tenant()) && it.connection() == null)
        .filter(it -> !it.lifecycle().hidden())
        .filter(
            it ->
                it.userNameKey().equals(userNameKey)
                    || (emailKey != null && emailKey.equals(it.emailKey())))
        .toList();
  }

  /** Whether the batch has users of the tenant outside of this connection. */
  public boolean hasStrangers(Caller caller) {
    return people.values().stream()
        .anyMatch(
            it ->
                it.tenant().equals(caller.tenant())
                    && !Objects.equals(caller.connection(), it.connection()));
  }

  /** Whether the batch has inactive users who may return. */
  public boolean hasInactive(Caller caller) {
    return inactive(caller).findAny().isPresent();
  }

  /** Sets the next state of a user. */
  public void put(Person person) {
    keep(person);
    changed.put(person.id(), person);
  }

  /** Marks a user as erased, whose last state is stored before the data is erased. */
  void erase(Person person) {
    people.remove(person.id());
    erased.add(person);
  }

  /** The outcome with the groups of its user, where they were loaded. */
  Outcome withGroups(Outcome outcome) {
    return outcome instanceof Outcome.Updated updated
        ? new Outcome.Updated(
            updated.resource(), Optional.ofNullable(groups.get(updated.resource().id())))
        : outcome;
  }

  /** The users whose data is to be erased. */
  public Collection<Person> erased() {
    return erased;
  }

  /** The last state of every user that the fold has changed. */
  public Collection<Person> changed() {
    return changed.values();
  }
}
