package io.gatehouse.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.inbox.Signal.About;
import io.gatehouse.inbox.Signal.EventRef;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;

/** Signals are kept in their order, those of one event once. */
class InboxTest {

  private static final Instant TIME = Instant.parse("2026-11-03T09:20:11.007Z");

  private final Gateway gateway = Gateway.shared();
  private final Inbox inbox = gateway.bean(Inbox.class);
  private final PlatformTransactionManager transactions =
      gateway.bean(PlatformTransactionManager.class);
  private final UUID connection = UUID.fromString(gateway.connection("okta").connection());

  private TransactionStatus transaction;

  /** Nobody else sees the rows, so nobody works them off. */
  @BeforeEach
  void begin() {
    transaction = transactions.getTransaction(null);
  }

  @AfterEach
  void rollBack() {
    transactions.rollback(transaction);
  }

  /** In the transaction of the test. */
  private void sql(String statement, Object... parameters) {
    gateway.bean(JdbcClient.class).sql(statement).params(parameters).update();
  }

  @Test
  void keepsThemInTheirOrder() {
    List<Signal> first = List.of(of("e2", Kind.USER_CHANGED), of("e1", Kind.USER_DEACTIVATED));
    List<Signal> second = List.of(of("e3", Kind.USER_CHANGED));

    inbox.add(connection, first);
    inbox.add(connection, second);

    assertThat(kept()).containsExactly(first.get(0), first.get(1), second.get(0));
  }

  @Test
  void keepsAnEventOnceAlsoAfterItIsDone() {
    Signal event = of("e1", Kind.USER_CHANGED);

    inbox.add(connection, List.of(event, event));
    sql("update inbox set done_at = now() where connection_id = ?", connection);
    inbox.add(connection, List.of(event, of("e2", Kind.USER_CHANGED)));

    assertThat(kept()).containsExactly(event, of("e2", Kind.USER_CHANGED));
  }

  @Test
  void keepsTheSameEventOfAnotherConnection() {
    UUID other = UUID.fromString(gateway.connection("okta").connection());
    Signal event = of("e1", Kind.USER_CHANGED);

    inbox.add(other, List.of(event));
    inbox.add(connection, List.of(event));

    assertThat(kept()).containsExactly(event);
  }

  @Test
  void leavesOutWhatTheLastOneThatWaitsSays() {
    Signal changed = of(null, Kind.USER_CHANGED);
    Signal deleted = of(null, Kind.USER_DELETED);

    inbox.add(connection, List.of(changed, changed, deleted));
    inbox.add(connection, List.of(deleted, changed, changed));
    inbox.add(connection, List.of(changed));

    assertThat(kept()).containsExactly(changed, deleted, changed);
  }

  @Test
  void keepsItAgainWhenSomebodyHasBegunWithTheFirst() {
    Signal changed = of(null, Kind.USER_CHANGED);

    inbox.add(connection, List.of(changed));
    sql("update inbox set attempts = 1 where connection_id = ?", connection);
    inbox.add(connection, List.of(changed));
    inbox.add(connection, List.of(changed));

    assertThat(kept()).containsExactly(changed, changed);
  }

  @Test
  void forgetsAnEventAMonthAfterItWasDone() {
    inbox.add(connection, List.of(of("e1", Kind.USER_CHANGED), of("e2", Kind.USER_CHANGED)));
    sql(
        """
        update inbox set done_at = now() - case event_id when 'e1' then interval '31 days' else interval '29 days' end
         where connection_id = ?
        """,
        connection);

    gateway.bean(InboxTasks.class).forget();

    assertThat(kept()).containsExactly(of("e2", Kind.USER_CHANGED));
  }

  @Test
  void doesNoHarmToOthersWhenAConnectionIsGone() {
    inbox.add(UUID.randomUUID(), List.of(of("e1", Kind.USER_CHANGED)));

    assertThat(kept()).isEmpty();
  }

  @Test
  void keepsWhatAPollHasFoundAndHowFarItHasCome() {
    assertThat(inbox.watermark(connection)).isNull();

    inbox.addPolled(connection, List.of(of("e1", Kind.USER_CHANGED)), "one");
    inbox.addPolled(connection, List.of(of("e1", Kind.USER_CHANGED)), "two");

    assertThat(inbox.watermark(connection)).isEqualTo("two");
    assertThat(kept()).containsExactly(of("e1", Kind.USER_CHANGED));
  }

  private static Signal of(String event, Kind kind) {
    return new Signal(
        kind,
        new EventRef(event, event == null ? null : TIME),
        new About("00u1", "ada@example.com", null),
        null);
  }

  private List<Signal> kept() {
    return gateway
        .bean(JdbcClient.class)
        .sql("select signal::text from inbox where connection_id = ? order by id")
        .param(connection)
        .query(String.class)
        .list()
        .stream()
        .map(it -> SignalCodec.decode(Json.stored(it)))
        .toList();
  }
}
