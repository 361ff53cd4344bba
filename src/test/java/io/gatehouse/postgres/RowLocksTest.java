package io.gatehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.delivery.queue.LaggingSubscriptions;
import io.gatehouse.delivery.queue.Subscriptions;
import io.gatehouse.lifecycle.EnrolmentJobs;
import io.gatehouse.lifecycle.EnrolmentSchedules;
import io.gatehouse.lifecycle.SchemaCleanups;
import io.gatehouse.store.UnitOfWork;
import io.gatehouse.support.CsvClient;
import io.gatehouse.support.Gateway;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Work that several instances of the gateway look for is done by one of them at a time. */
class RowLocksTest {

  private static final Gateway GATEWAY = Gateway.shared();
  private static final List<String> ROUTES =
      List.of("lifecycle-enrolment", "lifecycle-enrolment-steps", "lifecycle-schema-cleanup");

  private final UnitOfWork unit = GATEWAY.bean(UnitOfWork.class);
  private final CsvClient admin = new CsvClient(GATEWAY);
  private final UUID tenant = admin.tenantId();
  private final UUID job = UUID.randomUUID();

  @BeforeAll
  static void stop() throws Exception {
    for (String route : ROUTES) {
      GATEWAY.bean(CamelContext.class).getRouteController().stopRoute(route);
    }
  }

  @AfterAll
  static void start() throws Exception {
    for (String route : ROUTES) {
      GATEWAY.bean(CamelContext.class).getRouteController().startRoute(route);
    }
  }

  @Test
  void aRunningEnrolmentIsTakenOnce() {
    GATEWAY.sql(
        "insert into enrolment (id, tenant_id, actor, state, total) values (?, ?, 'x', 'running', 0)",
        job,
        tenant);
    EnrolmentJobs jobs = GATEWAY.bean(EnrolmentJobs.class);

    requireOneAtATime(() -> jobs.lock(job));
    GATEWAY.sql("update enrolment set state = 'done' where id = ?", job);
    assertThat(unit.inTransaction(() -> jobs.lock(job))).isEmpty();
  }

  @Test
  void aRunningCleanupOfASchemaIsTakenOnce() {
    GATEWAY.sql(
        """
        insert into schema_change (id, tenant_id, urn, resource_type, actor, state, total)
        values (?, ?, 'urn:example:x', 'User', 'x', 'running', 0)
        """,
        job,
        tenant);
    SchemaCleanups jobs = GATEWAY.bean(SchemaCleanups.class);

    requireOneAtATime(() -> jobs.lock(job));
    GATEWAY.sql("update schema_change set state = 'done' where id = ?", job);
    assertThat(unit.inTransaction(() -> jobs.lock(job))).isEmpty();
  }

  @Test
  void aScheduleThatIsDueIsTakenOnce() {
    EnrolmentSchedules schedules = GATEWAY.bean(EnrolmentSchedules.class);
    plan("-1 minute");

    requireOneAtATime(() -> schedules.lock(tenant));
    plan("1 hour");
    assertThat(unit.inTransaction(() -> schedules.lock(tenant))).isEmpty();
  }

  private void plan(String fromNow) {
    GATEWAY.sql(
        """
        update tenant set enrolment_cron = '0 0 9 * * *', enrolment_at = now() + ?::interval
         where id = ?
        """,
        fromNow,
        tenant);
  }

  @Test
  void aSubscriptionIsCheckedByOne() {
    GATEWAY.subscription(admin.tenant(), "training");
    var subscription =
        GATEWAY.bean(Subscriptions.class).find(admin.tenant(), "training").orElseThrow();
    LaggingSubscriptions lagging = GATEWAY.bean(LaggingSubscriptions.class);

    requireOneAtATime(() -> lagging.lock(subscription));
  }

  private <T> void requireOneAtATime(Supplier<Optional<T>> lock) {
    unit.inTransaction(
        () -> {
          Optional<T> mine = lock.get();
          assertThat(mine).isPresent();
          assertThat(CompletableFuture.supplyAsync(() -> unit.inTransaction(lock)).join())
              .isEmpty();
          return mine;
        });
    assertThat(unit.inTransaction(lock)).isPresent();
  }
}
