package io.gatehouse.idp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.idp.Team.Moves;
import java.util.List;
import java.util.UUID;

/**
 * How an IdP speaks SCIM: for each thing that happens, the requests that it sends, in its order.
 */
interface Dialect {

  /** What a click on the button that tests the connection sends. */
  void testConnection();

  /** Looks for a person first, and then creates it. */
  UUID create(Person person);

  /**
   * Tells what has changed of a person: names, department, manager, active.
   *
   * @param paths the attributes, as events name them
   */
  void update(Person person, String... paths);

  /** Removes a person for good, which not every IdP does. */
  void delete(Person person);

  /** Looks for a team first, and then creates it without members. */
  UUID create(Team team);

  /** Tells that a team has another name, which not every IdP does. */
  void rename(Team team);

  /**
   * Tells who has come to a team and who has gone.
   *
   * @return the changes that this makes, one for each request that changes something
   */
  List<Moves> move(Team team, Moves moves);

  /** How others refer to this manager. */
  String reference(Person manager);

  /** What the gateway must keep of all that this IdP sends of a person. */
  ObjectNode kept(Person person);

  /** What the gateway must keep of all that this IdP sends of a team. */
  ObjectNode kept(Team team);
}
