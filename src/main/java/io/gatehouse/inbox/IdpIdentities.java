package io.gatehouse.inbox;

import io.gatehouse.command.Caller;
import io.gatehouse.directory.Group;
import io.gatehouse.directory.Person;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whom a connection controls, by what its IdP calls them. */
public interface IdpIdentities {

  /**
   * A user, present or deleted: known by this id, else by an externalId that is this id, else by
   * the login.
   */
  Optional<Person> person(Caller caller, String idpId, @Nullable String login);

  /** A group: remembered under this id, else by an externalId that is this id. */
  Optional<Group> group(Caller caller, String idpId);

  /**
   * The group of this name, unless it is known by another id; it is remembered under this id from
   * now on.
   */
  Optional<Group> adopt(Caller caller, String idpId, String displayName);

  /** Users who are shown, by those of these ids of the IdP that are known. */
  Map<String, UUID> people(Caller caller, Collection<String> idpIds);

  /** The users in a group whose ids at the IdP are known. */
  Map<String, UUID> members(Caller caller, UUID group);
}
