package io.gatehouse.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Leeway;
import io.gatehouse.command.RestoreCriteria;
import io.gatehouse.directory.Person;
import io.gatehouse.scim.ResourceReader;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.tenant.ConnectionSettings;
import io.gatehouse.tenant.Connections.Connection;
import io.gatehouse.tenant.IdpProfiles;
import io.gatehouse.tenant.TenantSchemas;
import java.time.Clock;
import java.util.Optional;

/** Builds the commands that create users, under the rules of their connection. */
public final class UserCreation {

  private final TenantSchemas tenantSchemas;
  private final IdpProfiles profiles;
  private final Clock clock;

  public UserCreation(TenantSchemas tenantSchemas, IdpProfiles profiles, Clock clock) {
    this.tenantSchemas = tenantSchemas;
    this.profiles = profiles;
    this.clock = clock;
  }

  /**
   * Builds the command. A returning user is recognised as by a POST of the same connection.
   *
   * @param leaver the deleted user, if any, whose externalId the new resource keeps
   */
  Command create(Connection connection, Optional<Person> leaver, ObjectNode profile) {
    ObjectNode resource =
        new ResourceReader(tenantSchemas.of(connection.tenant()).definition(ResourceType.USER))
            .readNew(profile);
    leaver.map(Person::externalId).ifPresent(externalId -> resource.put("externalId", externalId));
    RestoreCriteria criteria =
        ConnectionSettings.recognition(
            connection.settings(), profiles.recognition(connection.idp()));
    return new Command.Create(
        ResourceType.USER,
        CommandId.uuid7(clock.instant()),
        resource,
        Leeway.NONE.recognising(criteria));
  }
}
