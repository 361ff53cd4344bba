package io.gatehouse.admin.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Measure;
import io.gatehouse.command.Orders;
import io.gatehouse.command.Outcome;
import io.gatehouse.edge.Catalogues;
import io.gatehouse.edge.Connections.Tenant;
import io.gatehouse.lifecycle.Ward;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceReader;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.Schema;
import io.gatehouse.scim.ScimException;
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
 * What an administrator does about one person. Each call is a command on the same way as those of
 * the IdPs.
 */
@RestController
@RequestMapping("/admin/api/v1/users")
final class GovernanceController {

  private final Orders orders;
  private final Users users;
  private final Tenants tenants;
  private final Catalogues catalogues;
  private final Clock clock;

  GovernanceController(
      Orders orders, Users users, Tenants tenants, Catalogues catalogues, Clock clock) {
    this.orders = orders;
    this.users = users;
    this.tenants = tenants;
    this.catalogues = catalogues;
    this.clock = clock;
  }

  /** A SCIM user with the name of the tenant: somebody whom no connection controls. */
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  UserView add(@RequestBody byte[] body) {
    ObjectNode user = Json.object(body);
    Tenant tenant = tenants.given(Json.text(user, "tenant"));
    user.remove("tenant");
    if (!user.has("schemas")) {
      user.putArray("schemas").add(Schema.USER);
    }
    ObjectNode resource =
        new ResourceReader(catalogues.of(tenant.id()).definition(ResourceType.USER)).readNew(user);
    Outcome added =
        done(
            orders.submit(
                Caller.admin(tenant.id(), tenant.slug()),
                new Command.Create(ResourceType.USER, CommandId.uuid7(clock.instant()), resource)));
    return users.view(((Outcome.Created) added).resource().id());
  }

  /** Only somebody whom no connection controls is removed here; the others leave in the IdP. */
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable UUID id) {
    Ward ward = users.known(id);
    if (ward.connection() != null) {
      throw Problem.conflict(
          "A connection controls this user: deactivate the user in the IdP, or release it first.");
    }
    done(orders.submit(caller(ward), new Command.Delete(ResourceType.USER, id, null)));
  }

  @PostMapping("/{id}/restore")
  UserView restore(@PathVariable UUID id) {
    return govern(id, Measure.RESTORE);
  }

  @PostMapping("/{id}/enrol")
  UserView enrol(@PathVariable UUID id) {
    return govern(id, Measure.ENROL);
  }

  @PostMapping("/{id}/release")
  UserView release(@PathVariable UUID id) {
    return govern(id, Measure.RELEASE);
  }

  /** Forbids erasure, until the hold is lifted. */
  @PutMapping("/{id}/hold")
  UserView hold(@PathVariable UUID id) {
    return govern(id, Measure.HOLD);
  }

  @DeleteMapping("/{id}/hold")
  UserView liftHold(@PathVariable UUID id) {
    return govern(id, Measure.LIFT_HOLD);
  }

  /** Erases the data of somebody who left, without waiting for the deadline. */
  @PostMapping("/{id}/erase")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void erase(@PathVariable UUID id) {
    order(id, Measure.ERASE);
  }

  private UserView govern(UUID id, Measure measure) {
    order(id, measure);
    return users.view(id);
  }

  private void order(UUID id, Measure measure) {
    done(orders.submit(caller(users.known(id)), new Command.Govern(id, measure)));
  }

  private static Outcome done(Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused) {
      throw new ScimException(refused.refusal());
    }
    return outcome;
  }

  private static Caller caller(Ward ward) {
    return Caller.admin(ward.tenant(), ward.tenantSlug());
  }
}
