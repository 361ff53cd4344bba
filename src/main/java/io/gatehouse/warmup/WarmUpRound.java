package io.gatehouse.warmup;

import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.change.ChangeLog.Subject;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandGateway;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.EnvelopeCodec;
import io.gatehouse.command.Outcome;
import io.gatehouse.delivery.EventRenderer;
import io.gatehouse.delivery.Profile;
import io.gatehouse.directory.Rehearsal;
import io.gatehouse.directory.UndoneCommands;
import io.gatehouse.edge.CommandReader;
import io.gatehouse.edge.ReadHandler;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.edge.ScimResponse;
import io.gatehouse.edge.WriteResponses;
import io.gatehouse.idp.RequestRoutes;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ScimException;
import io.gatehouse.tenant.Connections;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The life of a user of one profile, in the code of the real pipeline. The tenant, the connection
 * and the user exist only inside a transaction that is rolled back, so no other session of the
 * database sees them, and a process that is killed meanwhile leaves nothing. They are never on the
 * queue: that is passed by probes, which change nothing, as those of readiness do.
 */
@Component
final class WarmUpRound {

  private static final int PROBES = 4;
  private static final Caller NOBODY = new Caller(new UUID(0, 0), "gatehouse", null, "probe");

  private final RequestRoutes routes;
  private final Stages stages;
  private final Connections connections;
  private final UndoneCommands directory;
  private final Rehearsal rehearsal;
  private final CommandGateway commandGateway;

  WarmUpRound(
      RequestRoutes routes,
      Stages stages,
      Connections connections,
      UndoneCommands directory,
      Rehearsal rehearsal,
      CommandGateway commandGateway) {
    this.routes = routes;
    this.stages = stages;
    this.connections = connections;
    this.directory = directory;
    this.rehearsal = rehearsal;
    this.commandGateway = commandGateway;
  }

  /** What reads requests, and writes answers and events. */
  @Component
  record Stages(
      CommandReader commands, WriteResponses writes, ReadHandler reads, EventRenderer events) {}

  /** The requests of one profile, from the first to the last. */
  void run(String idp) {
    Caller caller = caller(idp);
    SampleRequests samples = new SampleRequests(caller, caller.tenantSlug() + "@example.com");
    ScimRequest create = meant(samples.create());
    List<ScimRequest> requests = new ArrayList<>(List.of(create));
    List<Envelope> commands = new ArrayList<>(List.of(command(create)));
    UUID user = commands.get(0).command().target();
    for (ScimRequest change : samples.changes(user)) {
      ScimRequest meant = meant(change);
      requests.add(meant);
      commands.add(command(meant));
    }
    Map<CommandId, Outcome> outcomes = directory.apply(() -> add(caller), commands);
    for (int i = 0; i < requests.size(); i++) {
      Envelope it = commands.get(i);
      Outcome outcome = Objects.requireNonNull(outcomes.get(it.id()));
      write(stages.writes().to(requests.get(i), it.command(), outcome));
    }
    rehearsal.of(commands.subList(0, 1)).forEach(this::announce);
    samples.reads(user).forEach(it -> write(answer(meant(it))));
    for (int i = 0; i < PROBES; i++) {
      commandGateway.submit(NOBODY, new Command.Probe(UUID.randomUUID()));
    }
  }

  private static Caller caller(String idp) {
    UUID tenant = UUID.randomUUID();
    return new Caller(tenant, "warm-up-" + tenant, UUID.randomUUID(), idp);
  }

  private ScimRequest meant(ScimRequest sent) {
    return routes.pass(sent).request();
  }

  /** The command, as it is read from the queue. */
  private Envelope command(ScimRequest meant) {
    return EnvelopeCodec.decode(EnvelopeCodec.encode(stages.commands().envelope(meant)));
  }

  /** Inside the transaction that is rolled back. */
  private void add(Caller caller) {
    String slug = caller.tenantSlug();
    connections.add(new Connections.Tenant(caller.tenant(), slug, slug, Json.object()));
    connections.add(
        new Connections.Connection(
            caller.requireConnection(),
            caller.tenant(),
            slug,
            slug,
            caller.actor(),
            Json.object()));
  }

  private void announce(Rehearsal.Result result) {
    result
        .change()
        .map(it -> announcement(result.envelope().caller(), it))
        .ifPresent(
            it -> {
              for (Profile profile : Profile.values()) {
                stages.events().of(profile, it);
              }
            });
  }

  private static Announcement announcement(Caller caller, Change change) {
    var after = change.after();
    return new Announcement(
        0,
        change.eventId(),
        caller.tenantSlug(),
        new Subject(after.type().label(), after.id(), after.version(), after.modified()),
        change.type().word(),
        Json.text(change.data()));
  }

  private ScimResponse answer(ScimRequest read) {
    try {
      return stages.reads().answer(read);
    } catch (ScimException e) {
      return ScimResponse.refusal(e.refusal());
    }
  }

  private static void write(ScimResponse answer) {
    try {
      if (answer.body() != null) {
        Json.write(answer.body(), OutputStream.nullOutputStream());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
