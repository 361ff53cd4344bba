package io.gatehouse.directory;

import io.gatehouse.command.Caller;
import io.gatehouse.command.Envelope;
import io.gatehouse.scim.ResourceType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The keys that a batch names, so that all of them can be locked and loaded at once. */
public final class BatchKeys {

  private final Set<UUID> tenants = new LinkedHashSet<>();
  private final Set<Caller> arriving = new LinkedHashSet<>();
  private final List<UUID> leaving = new ArrayList<>();
  private boolean releasing;
  private final People people = new People();
  private final Groups groups = new Groups();
  private final @Nullable UUID importing;

  private BatchKeys(@Nullable UUID importing) {
    this.importing = importing;
  }

  public record Id(UUID tenant, UUID id) {}

  /**
   * The keys below are comparable, because clients choose them: a hash map finds one among many
   * keys with the same hash code quickly only if they are comparable.
   */
  public record Name(UUID tenant, String key) implements Comparable<Name> {
    @Override
    public int compareTo(Name other) {
      return Comparator.comparing(Name::key).thenComparing(Name::tenant).compare(this, other);
    }
  }

  public record ConnectionId(UUID tenant, UUID connection, UUID id)
      implements Comparable<ConnectionId> {
    @Override
    public int compareTo(ConnectionId other) {
      int order = id.compareTo(other.id);
      order = order == 0 ? connection.compareTo(other.connection) : order;
      return order == 0 ? tenant.compareTo(other.tenant) : order;
    }
  }

  public record ConnectionKey(UUID tenant, @Nullable UUID connection, String value)
      implements Comparable<ConnectionKey> {
    @Override
    public int compareTo(ConnectionKey other) {
      return Comparator.comparing(ConnectionKey::value)
          .thenComparing(
              ConnectionKey::connection, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(ConnectionKey::tenant)
          .compare(this, other);
    }
  }

  public record Pair(UUID tenant, UUID group, UUID member) implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
      int order = member.compareTo(other.member);
      order = order == 0 ? group.compareTo(other.group) : order;
      return order == 0 ? tenant.compareTo(other.tenant) : order;
    }
  }

  /**
   * Keys of users.
   *
   * @param emails of unmanaged users
   * @param returning inactive users whose restoration may find their userName taken by another user
   */
  public record People(
      Set<Id> ids,
      Set<Name> names,
      Set<Name> emails,
      Set<ConnectionKey> externalIds,
      Set<Id> returning) {
    People() {
      this(
          new LinkedHashSet<>(),
          new LinkedHashSet<>(),
          new LinkedHashSet<>(),
          new LinkedHashSet<>(),
          new LinkedHashSet<>());
    }

    public boolean isEmpty() {
      return ids.isEmpty();
    }
  }

  /**
   * Keys of groups.
   *
   * @param names display names
   * @param pairs memberships that may change
   * @param whole groups all of whose members must be known
   * @param candidates possible new members
   */
  public record Groups(
      Set<Id> ids,
      Set<ConnectionKey> names,
      Set<Pair> pairs,
      Set<Id> whole,
      Set<ConnectionId> candidates) {
    Groups() {
      this(
          new LinkedHashSet<>(),
          new LinkedHashSet<>(),
          new LinkedHashSet<>(),
          new LinkedHashSet<>(),
          new LinkedHashSet<>());
    }

    public boolean isEmpty() {
      return ids.isEmpty();
    }
  }

  /** All that a batch names. */
  public static BatchKeys of(List<Envelope> batch) {
    return new BatchKeys(null).with(batch);
  }

  /**
   * The keys of a part of an import. An import runs long, so it must not lock the keys of other
   * batches, and PostgreSQL has no room for a lock on each of its keys.
   */
  static BatchKeys ofImport(UUID tenant, List<Envelope> part) {
    return new BatchKeys(tenant).with(part);
  }

  private BatchKeys with(List<Envelope> batch) {
    for (Envelope it : batch) {
      it.command()
          .match(
              it.command().type() == ResourceType.USER
                  ? new PersonKeys(this, it.caller())
                  : new GroupKeys(this, it.caller()));
    }
    return this;
  }

  /**
   * The tenants whose rules must be loaded, because a user may leave or a document is rewritten.
   */
  public Set<UUID> tenants() {
    return tenants;
  }

  /** Connections that create a user, who may match an existing one. */
  public Set<Caller> arriving() {
    return arriving;
  }

  /**
   * Marks that the batch may release users from the control of a connection, or create unmanaged
   * ones.
   */
  void releasing() {
    releasing = true;
  }

  public boolean isReleasing() {
    return releasing;
  }

  /** The connections of users who may leave, one entry for each user. */
  public List<UUID> leaving() {
    return leaving;
  }

  public People people() {
    return people;
  }

  public Groups groups() {
    return groups;
  }

  /**
   * Whether the keys are of an import. An import only looks up users by their names, and locks only
   * the inactive users without a connection.
   */
  public boolean forImport() {
    return importing != null;
  }

  /**
   * One string for each key, in the same order for every batch. Imports of a tenant only exclude
   * each other.
   */
  public Set<String> lockKeys() {
    if (importing != null) {
      return Set.of("importing/" + importing);
    }
    Set<String> keys = new TreeSet<>();
    people.ids.forEach(it -> keys.add(it.tenant() + "/id/" + it.id()));
    people.names.forEach(it -> keys.add(it.tenant() + "/name/" + it.key()));
    people.emails.forEach(it -> keys.add(it.tenant() + "/email/" + it.key()));
    leaving.forEach(it -> keys.add("leaving/" + it));
    people.externalIds.forEach(it -> keys.add(key("external", it)));
    groups.ids.forEach(it -> keys.add(it.tenant() + "/id/" + it.id()));
    groups.names.forEach(it -> keys.add(key("group", it)));
    return keys;
  }

  private static String key(String kind, ConnectionKey it) {
    return it.tenant() + "/" + kind + "/" + it.connection() + "/" + it.value();
  }
}
