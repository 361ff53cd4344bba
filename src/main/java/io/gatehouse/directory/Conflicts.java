package io.gatehouse.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.directory.BatchKeys.ConnectionKey;
import io.gatehouse.scim.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The conflicts of new users with existing ones in a batch, and the decisions of administrators.
 */
public final class Conflicts {

  private final Map<ConnectionKey, UUID> chosen;
  private final List<Conflict> found = new ArrayList<>();
  private final Set<ConnectionKey> settled = new LinkedHashSet<>();

  /**
   * Starts from the stored decisions.
   *
   * @param chosen the chosen user by the new user's userName key
   */
  public Conflicts(Map<ConnectionKey, UUID> chosen) {
    this.chosen = Map.copyOf(chosen);
  }

  /**
   * A new user who matches several users, or a user that the connection must not take over; or a
   * user who was created although an inactive one has the same externalId.
   *
   * @param newcomer by userName key
   * @param candidates at least one user of the tenant
   * @param sent what the IdP sent of the new user, see {@link ComparedAttributes}; empty when the
   *     user was created
   */
  public record Conflict(
      ConnectionKey newcomer, List<UUID> candidates, Reason reason, ObjectNode sent) {}

  /** The reason why the new user was not linked. */
  public enum Reason {
    SEVERAL_CANDIDATES("more than one user matches"),
    SAME_EXTERNAL_ID("a deactivated user has the same externalId"),
    OTHER_CONNECTION("the userName belongs to a user of another connection"),
    LINKING_OFF("the connection does not link users");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }

    public String sentence() {
      return sentence;
    }
  }

  /** The candidate that an administrator has chosen for this new user. */
  Optional<UUID> chosen(Caller caller, String userNameKey) {
    return Optional.ofNullable(chosen.get(key(caller, userNameKey)));
  }

  void found(Caller caller, Person asked, List<UUID> candidates, Reason reason) {
    ObjectNode sent =
        reason == Reason.SAME_EXTERNAL_ID ? Json.object() : ComparedAttributes.of(asked.document());
    found.add(new Conflict(key(caller, asked.userNameKey()), candidates, reason, sent));
  }

  void settled(Caller caller, String userNameKey) {
    settled.add(key(caller, userNameKey));
  }

  private static ConnectionKey key(Caller caller, String userNameKey) {
    return new ConnectionKey(caller.tenant(), caller.requireConnection(), userNameKey);
  }

  public Collection<Conflict> found() {
    return found;
  }

  /** New users who have been linked, which settles their conflicts. */
  public Collection<ConnectionKey> settled() {
    return settled;
  }
}
