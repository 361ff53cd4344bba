package io.gatehouse.directory;

import io.gatehouse.command.Caller;
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

/** The people that a batch names, as loaded and then as the fold leaves them. */
public final class BatchPeople {

  private final Map<UUID, Person> people = new LinkedHashMap<>();
  private final Map<String, Set<UUID>> named = new HashMap<>();
  private final Map<UUID, Person> changed = new LinkedHashMap<>();
  private final List<Person> erased = new ArrayList<>();

  /**
   * Starts from what is stored.
   *
   * @param stored locked until the transaction ends
   */
  public BatchPeople(Collection<Person> stored) {
    stored.forEach(this::keep);
  }

  /** Whoever has had a name is found under it; to have it still is another question. */
  private void keep(Person person) {
    people.put(person.id(), person);
    named.computeIfAbsent(person.userNameKey(), it -> new LinkedHashSet<>()).add(person.id());
  }

  /** Whether this is a person who was loaded or made by the batch, shown or not. */
  boolean knows(UUID id) {
    return people.containsKey(id);
  }

  /** A person whom this connection controls and SCIM shows. */
  Optional<Person> visible(Caller caller, UUID id) {
    return Optional.ofNullable(people.get(id))
        .filter(controlledBy(caller))
        .filter(it -> !it.lifecycle().hidden());
  }

  /** Whoever holds the userName in the tenant, under any connection or none. */
  Optional<Person> holder(Caller caller, String userNameKey) {
    return named.getOrDefault(userNameKey, Set.of()).stream()
        .flatMap(id -> ofTenant(caller, id).stream())
        .filter(it -> !it.lifecycle().hidden() && it.userNameKey().equals(userNameKey))
        .findFirst();
  }

  /** Whom this connection controls and who has left, shown or not. */
  Stream<Person> inactive(Caller caller) {
    return people.values().stream().filter(controlledBy(caller)).filter(it -> !it.active());
  }

  /** Whether somebody who is here, and whom this connection controls, has this externalId. */
  boolean isHere(Caller caller, String externalId) {
    return people.values().stream()
        .filter(controlledBy(caller))
        .anyMatch(it -> it.active() && externalId.equals(it.externalId()));
  }

  private static Predicate<Person> controlledBy(Caller caller) {
    return it -> caller.controls(it.tenant(), it.connection());
  }

  /** Anybody of the tenant, shown or not, of any connection or none. */
  Optional<Person> ofTenant(Caller caller, UUID id) {
    return Optional.ofNullable(people.get(id)).filter(it -> it.tenant().equals(caller.tenant()));
  }

  /** Whom nobody controls and who has this userName or this e-mail. */
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

  /** Whether there is anybody whom this connection does not control. */
  public boolean hasStrangers(Caller caller) {
    return people.values().stream()
        .anyMatch(
            it ->
                it.tenant().equals(caller.tenant())
                    && !Objects.equals(caller.connection(), it.connection()));
  }

  /** Whether there is anybody who has left and may come back. */
  public boolean hasInactive(Caller caller) {
    return inactive(caller).findAny().isPresent();
  }

  /** Takes the next state of a person. */
  public void put(Person person) {
    keep(person);
    changed.put(person.id(), person);
  }

  /** Ends a person, whose last state is stored before the data is erased. */
  void erase(Person person) {
    people.remove(person.id());
    erased.add(person);
  }

  /** Whose data is to be erased. */
  public Collection<Person> erased() {
    return erased;
  }

  /** The last state of everybody whom the fold changed. */
  public Collection<Person> changed() {
    return changed.values();
  }
}
