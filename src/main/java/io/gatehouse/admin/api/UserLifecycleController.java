package io.gatehouse.admin.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandGateway;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.LifecycleAction;
import io.gatehouse.command.Outcome;
import io.gatehouse.lifecycle.PersonRef;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceReader;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.Schema;
import io.gatehouse.scim.ScimException;
import io.gatehouse.security.CurrentAdministrator;
import io.gatehouse.tenant.Connections.Tenant;
import io.gatehouse.tenant.TenantSchemas;
import java.time.Clock;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lifecycle acts of an administrator on one user. Each call is sent as a command through the same
 * queue as the commands of IdPs.
 */
@RestController
@RequestMapping("/admin/api/v1/users")
public final class UserLifecycleController {

  private final CommandGateway commandGateway;
  private final UserLookup userLookup;
  private final TenantLookup tenantLookup;
  private final TenantSchemas tenantSchemas;
  private final Clock clock;

  UserLifecycleController(
      CommandGateway commandGateway,
      UserLookup userLookup,
      TenantLookup tenantLookup,
      TenantSchemas tenantSchemas,
      Clock clock) {
    this.commandGateway = commandGateway;
    this.userLookup = userLookup;
    this.tenantLookup = tenantLookup;
    this.tenantSchemas = tenantSchemas;
    this.clock = clock;
  }

  /** Creates an unmanaged user from a SCIM user with the name of the tenant. */
  @Requires(Role.OPERATOR)
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  public UserView add(@RequestBody byte[] body) {
    ObjectNode user = Json.object(body);
    Tenant tenant = tenantLookup.given(Json.text(user, "tenant"));
    user.remove("tenant");
    if (!user.has("schemas")) {
      user.putArray("schemas").add(Schema.USER);
    }
    ObjectNode resource =
        new ResourceReader(tenantSchemas.of(tenant.id()).definition(ResourceType.USER))
            .readNew(user);
    Outcome added =
        done(
            commandGateway.submit(
                caller(tenant.id(), tenant.slug()),
                new Command.Create(ResourceType.USER, CommandId.uuid7(clock.instant()), resource)));
    return userLookup.view(((Outcome.Created) added).resource().id());
  }

  /** Removes an unmanaged user; users of a connection are removed in their IdP. */
  @Requires(Role.OPERATOR)
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void remove(@PathVariable UUID id) {
    PersonRef person = userLookup.requireKnown(id);
    if (person.connection() != null) {
      throw ProblemException.conflict(
          "A connection controls this user: deactivate the user in the IdP, or release it first.");
    }
    done(commandGateway.submit(caller(person), new Command.Delete(ResourceType.USER, id, null)));
  }

  @Requires(Role.OPERATOR)
  @PostMapping("/{id}/restore")
  public UserView restore(@PathVariable UUID id) {
    return govern(id, LifecycleAction.RESTORE);
  }

  @Requires(Role.OPERATOR)
  @PostMapping("/{id}/enrol")
  public UserView enrol(@PathVariable UUID id) {
    return govern(id, LifecycleAction.ENROL);
  }

  @Requires(Role.OPERATOR)
  @PostMapping("/{id}/release")
  public UserView release(@PathVariable UUID id) {
    return govern(id, LifecycleAction.RELEASE);
  }

  /** Forbids erasure until the hold is lifted. */
  @Requires(Role.OPERATOR)
  @PutMapping("/{id}/hold")
  public UserView hold(@PathVariable UUID id) {
    return govern(id, LifecycleAction.HOLD);
  }

  @Requires(Role.OPERATOR)
  @DeleteMapping("/{id}/hold")
  public UserView liftHold(@PathVariable UUID id) {
    return govern(id, LifecycleAction.LIFT_HOLD);
  }

  /** Erases the data of a user who has left, without waiting for the deadline. */
  @Requires(Role.ADMIN)
  @PostMapping("/{id}/erase")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void erase(@PathVariable UUID id) {
    order(id, LifecycleAction.ERASE);
  }

  private UserView govern(UUID id, LifecycleAction action) {
    order(id, action);
    return userLookup.view(id);
  }

  private void order(UUID id, LifecycleAction action) {
    done(
        commandGateway.submit(
            caller(userLookup.requireKnown(id)), new Command.Lifecycle(id, action)));
  }

  private static Outcome done(Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused) {
      throw new ScimException(refused.refusal());
    }
    return outcome;
  }

  private static Caller caller(PersonRef person) {
    return caller(person.tenant(), person.tenantSlug());
  }

  private static Caller caller(UUID tenant, String slug) {
    return Caller.admin(tenant, slug, CurrentAdministrator.get().actor());
  }
}
