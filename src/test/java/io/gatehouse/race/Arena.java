package io.gatehouse.race;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.LifecycleAction;
import io.gatehouse.command.Outcome;
import io.gatehouse.directory.Directory;
import io.gatehouse.race.Plan.Edge;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.tenant.BearerToken;
import io.gatehouse.tenant.Connections;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where an erasure and a reactivation meet: two directories over the gateway's database, each with
 * a thread and a connection of its own. The gateway's own schedule rests meanwhile.
 */
final class Arena implements AutoCloseable {

  private static final String SCHEDULE = "lifecycle-purge";
  private static final int NEAR_MICROS = 6_000;

  private final Gateway gateway;
  private final Caller idp;
  private final Stepper eraser = new Stepper("erasure");
  private final Stepper returner = new Stepper("return");
  private final Directory erasing;
  private final Directory returning;

  Arena(Gateway gateway) throws Exception {
    this.gateway = gateway;
    ScimClient connection = gateway.connection("standard");
    ObjectNode unbraked = Json.object();
    unbraked.putObject("settings").put("brake", "off");
    gateway.admin("PATCH", "/connections/" + connection.connection(), unbraked);
    this.idp =
        gateway
            .bean(Connections.class)
            .holder(new BearerToken(connection.token()))
            .orElseThrow()
            .caller();
    this.erasing = GatedDirectory.of(gateway, eraser);
    this.returning = GatedDirectory.of(gateway, returner);
    gateway.bean(CamelContext.class).getRouteController().stopRoute(SCHEDULE);
  }

  Caller idp() {
    return idp;
  }

  /** Lets the two meet over each of these plans, over another person each time. */
  List<Duel> fight(List<Plan> plans) {
    List<ObjectNode> users = plans.stream().map(Arena::user).toList();
    List<UUID> people = leavers(plans, users);
    gateway.sql(
        "update person set purge_after = now() - interval '1 second' where id = any(?::uuid[])",
        (Object) people.toArray(UUID[]::new));
    return IntStream.range(0, plans.size())
        .mapToObj(it -> fight(plans.get(it), people.get(it), users.get(it)))
        .toList();
  }

  private static ObjectNode user(Plan plan) {
    ObjectNode user = ScimClient.user("u" + UUID.randomUUID()).put("active", true);
    return plan.seed() % 2 == 0 ? user : user.put("externalId", user.path("userName").asText());
  }

  /** Those who came and left, as the gateway would have had it. */
  private List<UUID> leavers(List<Plan> plans, List<ObjectNode> users) {
    List<UUID> people = users.stream().map(it -> CommandId.uuid7(Instant.now())).toList();
    Directory directory = gateway.bean(Directory.class);
    directory.apply(
        IntStream.range(0, plans.size())
            .mapToObj(it -> new Command.Create(ResourceType.USER, people.get(it), users.get(it)))
            .map(it -> envelope(idp, it))
            .toList());
    directory.apply(
        IntStream.range(0, plans.size())
            .mapToObj(it -> envelope(idp, plans.get(it).rival().leaving(people.get(it))))
            .toList());
    return people;
  }

  private Duel fight(Plan plan, UUID person, ObjectNode user) {
    if (plan.edge() == Edge.NEAR) {
      long micros = plan.random().nextLong(NEAR_MICROS);
      deadline(person, Instant.now().plus(micros, ChronoUnit.MICROS));
    }
    Caller schedule = Caller.schedule(idp.tenant(), idp.tenantSlug());
    Caller admin = Caller.admin(idp.tenant(), idp.tenantSlug());
    Future<Outcome> purge =
        start(eraser, erasing, schedule, new Command.Lifecycle(person, LifecycleAction.PURGE));
    Future<Outcome> back =
        start(
            returner,
            returning,
            plan.rival().isMeasure() ? admin : idp,
            plan.rival().returning(person, user));
    Interleaving order = new Interleaving(gateway.bean(JdbcClient.class), eraser, returner);
    order.run(plan.random(), plan.bias(), new Deadline(plan, person));
    return new Duel(
        plan,
        person,
        user.path("userName").asText(),
        Stepper.result(purge),
        Stepper.result(back),
        order);
  }

  private static Future<Outcome> start(
      Stepper stepper, Directory directory, Caller caller, Command command) {
    Envelope envelope = envelope(caller, command);
    return stepper.start(() -> directory.apply(List.of(envelope)).get(0).outcome());
  }

  private static Envelope envelope(Caller caller, Command command) {
    CommandId id = CommandId.next(Instant.now());
    return new Envelope(
        id, caller, command, new Envelope.Trace("nobody", Instant.now(), id.toString(), List.of()));
  }

  private void deadline(UUID person, Instant at) {
    gateway.sql(
        "update person set purge_after = ? where tenant_id = ? and id = ?",
        java.sql.Timestamp.from(at),
        idp.tenant(),
        person);
  }

  /** Sets the deadline by the time of the transaction that erases, unless the rival has it all. */
  private final class Deadline implements Runnable {

    private final Plan plan;
    private final UUID person;
    private boolean open = true;

    private Deadline(Plan plan, UUID person) {
      this.plan = plan;
      this.person = person;
    }

    @Override
    public void run() {
      if (open && eraser.isAt(Stage.CLAIMED)) {
        open = false;
        if (returner.isAt(Stage.READY) || returner.isAt(Stage.CLAIMED)) {
          set();
        }
      }
    }

    private void set() {
      switch (plan.edge()) {
        case REACHED -> deadline(person, eraser.clock());
        case MISSED -> deadline(person, eraser.clock().plus(1, ChronoUnit.MICROS));
        case PASSED, NEAR -> {}
      }
    }
  }

  @Override
  public void close() throws Exception {
    eraser.close();
    returner.close();
    gateway.bean(CamelContext.class).getRouteController().startRoute(SCHEDULE);
  }
}
