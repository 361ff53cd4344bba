package io.gatehouse.directory;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gatehouse.audit.AuditLog;
import io.gatehouse.change.ChangeLog;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.EventOrigin;
import io.gatehouse.command.Outcome;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.store.SessionLostException;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.store.UnitOfWork;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.tenant.Connections;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A command that ends its session or its process, each time that it is applied, ends itself. */
class PoisonTest {

  private static final Instant LONG_AGO = Instant.EPOCH;

  private final Gateway gateway = Gateway.shared();
  private final JdbcClient jdbc = gateway.bean(JdbcClient.class);
  private final UnitOfWork unit = gateway.bean(UnitOfWork.class);
  private final ScimClient idp = gateway.connection("okta");
  private final Caller caller = caller();

  @Test
  void aSessionThatWasTooSlowIsNotTakenForADatabaseThatIsAway() {
    assertThatThrownBy(() -> unit.inTransaction(this::idleForTooLong))
        .isInstanceOf(SessionLostException.class);

    assertThat(unit.inTransaction(() -> jdbc.sql("select 1").query(Integer.class).single()))
        .isEqualTo(1);
  }

  private int idleForTooLong() {
    jdbc.sql("set local idle_in_transaction_session_timeout = '200ms'").update();
    int backend = jdbc.sql("select pg_backend_pid()").query(Integer.class).single();
    await().until(() -> isGone(backend));
    return jdbc.sql("select 1").query(Integer.class).single();
  }

  private boolean isGone(int backend) {
    return jdbc.sql("select count(*) from pg_stat_activity where pid = ?")
            .param(backend)
            .query(Integer.class)
            .single()
        == 0;
  }

  @Test
  void answersACommandThatEndsItsSessionAndAppliesTheOthersOfItsBatch() {
    Envelope before = create(null);
    Envelope poison = create(null);
    Envelope after = create(null);
    Directory directory = directory(poison, this::endSession, LONG_AGO);

    List<Directory.Applied> applied = directory.apply(List.of(before, poison, after));

    assertThat(statuses(applied)).containsExactly(201, 500, 201);
    assertThat(statuses(directory.apply(List.of(poison))))
        .as("once and for all")
        .containsExactly(500);
    assertThat(gateway.bean(Parking.class).queue(poison.command().target())).isNull();
  }

  /** Though writes are taken again by the time at which it would be recorded as broken. */
  @Test
  void blamesNoCommandWhenTheDatabaseTakesNoWrites() {
    Envelope create = create(null);

    assertThatThrownBy(() -> directory(create, this::takeNoWrites, LONG_AGO).apply(List.of(create)))
        .isInstanceOf(StoreUnavailableException.class)
        .isNotInstanceOf(SessionLostException.class);

    Directory good = new Directory(unit, stores(resources()), new Unused(), LONG_AGO);
    assertThat(statuses(good.apply(List.of(create)))).containsExactly(201);
  }

  private int takeNoWrites() {
    return jdbc.sql("set transaction read only").update();
  }

  @Test
  void parksItWhenNobodyWaits() {
    Envelope poison = create(new EventOrigin("webhook", "e1", "00u1", Instant.now()));

    List<Directory.Applied> applied =
        directory(poison, this::endSession, LONG_AGO).apply(List.of(poison));

    assertThat(statuses(applied)).containsExactly(500);
    assertThat(
            jdbc.sql("select cause from parked_command where target = ?")
                .param(poison.command().target())
                .query(String.class)
                .list())
        .containsExactly("broken");
  }

  /** The out-of-memory error stands for whatever ends a process. */
  @Test
  void endsACommandThatHasEndedSeveralProcesses() {
    Envelope poison = create(null);
    Envelope innocent = create(null);
    List<Envelope> batch = List.of(poison, innocent);
    Instant later = Instant.now().plus(Duration.ofHours(1));
    Directory.Applied[] last = new Directory.Applied[2];
    int deaths = 0;
    while (last[0] == null && deaths < 10) {
      try {
        directory(poison, PoisonTest::die, later).apply(batch).toArray(last);
      } catch (OutOfMemoryError e) {
        deaths++;
      }
    }

    assertThat(deaths).isEqualTo(4);
    assertThat(statuses(List.of(last))).containsExactly(500, 201);
    assertThat(jdbc.sql("select count(*) from command_attempt").query(Integer.class).single())
        .isZero();
  }

  @Test
  void countsNothingOfWhatIsAcceptedByThisProcess() {
    Directory directory = new Directory(unit, stores(resources()), new Unused(), LONG_AGO);

    assertThat(statuses(directory.apply(List.of(create(null))))).containsExactly(201);
  }

  private static final class Unused implements CommandAttempts {
    @Override
    public Map<CommandId, Integer> begun(Collection<CommandId> ids) {
      throw new AssertionError("a statement too many");
    }

    @Override
    public void begin(Collection<CommandId> ids) {
      throw new AssertionError("a statement too many");
    }

    @Override
    public void end(Collection<CommandId> ids) {
      throw new AssertionError("a statement too many");
    }
  }

  private int endSession() {
    return jdbc.sql("select pg_terminate_backend(pg_backend_pid())").query().listOfRows().size();
  }

  private static int die() {
    throw new OutOfMemoryError("as if");
  }

  private static List<Integer> statuses(List<Directory.Applied> applied) {
    return applied.stream().map(Directory.Applied::outcome).map(Outcome::status).toList();
  }

  private ResourceStore resources() {
    return gateway.bean(ResourceStore.class);
  }

  /** The gateway's own, but that something happens each time that one command is applied. */
  private Directory directory(
      Envelope poison, java.util.function.IntSupplier harm, Instant started) {
    ResourceStore real = resources();
    ResourceStore harmful =
        new ResourceStore() {
          @Override
          public BatchState load(BatchKeys keys) {
            UUID target = poison.command().target();
            if (keys.people().ids().stream().anyMatch(it -> it.id().equals(target))) {
              harm.getAsInt();
            }
            return real.load(keys);
          }

          @Override
          public void save(BatchState state) {
            real.save(state);
          }
        };
    return new Directory(unit, stores(harmful), gateway.bean(CommandAttempts.class), started);
  }

  private Directory.Stores stores(ResourceStore resourceStore) {
    return new Directory.Stores(
        gateway.bean(OutcomeStore.class),
        resourceStore,
        gateway.bean(ChangeLog.class),
        gateway.bean(AuditLog.class),
        gateway.bean(Erasure.class),
        gateway.bean(Parking.class));
  }

  private Envelope create(EventOrigin origin) {
    Instant now = Instant.now();
    UUID id = CommandId.uuid7(now);
    Command command =
        new Command.Create(ResourceType.USER, id, user(id + "@example.com").put("active", true));
    return new Envelope(
        CommandId.next(now),
        caller,
        command,
        new Envelope.Trace("test", now, id.toString(), List.of(), origin));
  }

  private Caller caller() {
    UUID id = UUID.fromString(idp.connection());
    return gateway.bean(Connections.class).connections().stream()
        .filter(it -> it.id().equals(id))
        .map(it -> new Caller(it.tenant(), it.tenantSlug(), id, it.idp()))
        .findFirst()
        .orElseThrow();
  }
}
