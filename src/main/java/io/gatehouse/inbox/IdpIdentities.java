package io.gatehouse.inbox;

import io.gatehouse.command.Caller;
import io.gatehouse.directory.Group;
import io.gatehouse.directory.Person;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the users and groups that a connection controls, by the ids of its IdP. */
public interface IdpIdentities {

  /**
   * A user, present or deleted: found by this id, else by an equal externalId, else by the login.
   */
  Optional<Person> person(Caller caller, String idpId, @Nullable String login);

  /** A group: remembered under this id, else by an externalId that is this id. */
  Optional<Group> group(Caller caller, String idpId);

  /**
   * The group of this name, unless it is known by another id; it is remembered under this id from
   * now on.
   */
  Optional<Group> adopt(Caller caller, String idpId, String displayName);

  /** The visible users with these ids of the IdP; unknown ids are missing from the map. */
  Map<String, UUID> people(Caller caller, Collection<String> idpIds);

  /** The users in a group whose ids at the IdP are known. */
  Map<String, UUID> members(Caller caller, UUID group);
}
