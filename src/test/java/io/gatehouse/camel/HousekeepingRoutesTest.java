package io.gatehouse.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.store.StoreUnavailableException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The timers of several stages. */
class HousekeepingRoutesTest extends AdvisedRoutes {

  private static final List<String> FORGETTING =
      List.of(
          "outcomeStore.forget",
          "linkConflicts.forget",
          "inboxTasks.forget",
          "deliveryAttempts.forget",
          "enrolmentJobs.forget",
          "schemaCleanups.forget",
          "rates.forget");

  @Override
  String[] ends() {
    return new String[0];
  }

  @ParameterizedTest
  @CsvSource({
    "housekeeping-heartbeat,heartbeat.beat",
    "housekeeping-probe,readinessProbes.send",
    "housekeeping-database,readinessProbes.check",
    "housekeeping-heard,heartbeat.recordWritten",
    "housekeeping-outcomes,commandReplies.lookForOverdue",
    "housekeeping-reply-queue,replyQueue.declare",
    "housekeeping-audit-chain,auditChaining.run",
    "housekeeping-audit-checkpoint,auditCheckpoints.run",
    "housekeeping-compact,compaction.run",
    "housekeeping-activity,callActivity.store",
    "housekeeping-sweep,failedEventErasure.run",
    "housekeeping-rates,rateCounters.store",
    "housekeeping-metrics,backlogGauges.sample"
  })
  void worksOnceAndAgainWithTheNextTickAfterAFailure(String route, String bean) {
    fails(bean, new StoreUnavailableException("away", null));
    assertThat(send(route, null).getException()).isInstanceOf(StoreUnavailableException.class);
    assertThat(end(bean).getReceivedCounter()).as("once").isEqualTo(1);

    end(bean).whenAnyExchangeReceived(it -> {});
    assertThat(send(route, null).getException()).isNull();
    assertThat(end(bean).getReceivedCounter()).isEqualTo(2);
  }

  @Test
  void deletesAllThatIsNoLongerNeeded() {
    assertThat(send("housekeeping-forget", null).getException()).isNull();

    assertThat(FORGETTING)
        .allSatisfy(it -> assertThat(end(it).getReceivedCounter()).as(it).isEqualTo(1));
  }

  @Test
  void deletesTheRestAnHourLaterAfterAFailure() {
    fails("inboxTasks.forget", new StoreUnavailableException("away", null));

    assertThat(send("housekeeping-forget", null).getException())
        .isInstanceOf(StoreUnavailableException.class);

    assertThat(FORGETTING)
        .extracting(it -> end(it).getReceivedCounter())
        .containsExactly(1, 1, 1, 0, 0, 0, 0);
  }
}
