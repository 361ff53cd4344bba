package io.gatehouse.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Leeway;
import io.gatehouse.command.Recognition;
import io.gatehouse.directory.Person;
import io.gatehouse.edge.Catalogues;
import io.gatehouse.edge.ConnectionSettings;
import io.gatehouse.edge.Connections.Connection;
import io.gatehouse.edge.IdpProfiles;
import io.gatehouse.scim.ResourceReader;
import io.gatehouse.scim.ResourceType;
import java.time.Clock;
import java.util.Optional;

/** Makes the commands that create users, under the rules of their connection. */
public final class Newcomers {

  private final Catalogues catalogues;
  private final IdpProfiles profiles;
  private final Clock clock;

  public Newcomers(Catalogues catalogues, IdpProfiles profiles, Clock clock) {
    this.catalogues = catalogues;
    this.profiles = profiles;
    this.clock = clock;
  }

  /**
   * Creates a user; one who comes back is recognised as by a POST of the same connection.
   *
   * @param leaver who keeps the externalId, by which the person is recognised
   */
  Command create(Connection connection, Optional<Person> leaver, ObjectNode profile) {
    ObjectNode resource =
        new ResourceReader(catalogues.of(connection.tenant()).definition(ResourceType.USER))
            .readNew(profile);
    leaver.map(Person::externalId).ifPresent(externalId -> resource.put("externalId", externalId));
    Recognition recognition =
        ConnectionSettings.recognition(
            connection.settings(), profiles.recognition(connection.idp()));
    return new Command.Create(
        ResourceType.USER,
        CommandId.uuid7(clock.instant()),
        resource,
        Leeway.NONE.recognising(recognition));
  }
}
