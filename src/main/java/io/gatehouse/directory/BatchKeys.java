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

/** Every key that a batch names, so that all of them can be locked and loaded at once. */
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
   * The keys below have an order because clients choose them: among many with the same hash code,
   * one is found quickly only by that.
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
   * Keys of people.
   *
   * @param emails of those whom nobody controls
   * @param returning who may come back to a userName that somebody else has by now
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
   * @param candidates who may become a member
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

  static BatchKeys of(List<Envelope> batch) {
    return new BatchKeys(null).with(batch);
  }

  /**
   * The same for a part of an import, which goes on for long: it must not lock what others work
   * with, and PostgreSQL has no room for a lock on each of its keys.
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
   * The tenants whose rules must be known: where somebody may leave, or a document is rewritten.
   */
  public Set<UUID> tenants() {
    return tenants;
  }

  /** Connections that create somebody, who may be somebody already. */
  public Set<Caller> arriving() {
    return arriving;
  }

  /** Somebody may get out of control, or never have been, while the batch is applied. */
  void releasing() {
    releasing = true;
  }

  public boolean isReleasing() {
    return releasing;
  }

  /** Connections of which somebody may leave, once for each who may. */
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
   * Whether people are only looked for by their names, and only those are locked whom nobody
   * controls and who may come back.
   */
  public boolean forImport() {
    return importing != null;
  }

  /**
   * One string for each key, in an order that is the same for every batch; imports of a tenant only
   * keep each other out.
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
