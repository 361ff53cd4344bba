package io.gatehouse.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.inbox.Signal.About;
import io.gatehouse.inbox.Signal.EventRef;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.store.UnitOfWork;
import io.gatehouse.support.Gateway;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the store will never take does not stop the others. */
class InboxWriterTest {

  private final Gateway gateway = Gateway.shared();
  private final UUID connection = UUID.fromString(gateway.connection("okta").connection());

  @Test
  void keepsTheOthersOfABatch() {
    InboxWriter keeper = new InboxWriter(gateway.bean(Inbox.class), gateway.bean(UnitOfWork.class));

    keeper.keep(List.of(bundle("e1", "00u1"), bundle("e2", "nul\u0000"), bundle("e3", "00u3")));

    assertThat(
            gateway
                .bean(JdbcClient.class)
                .sql("select event_id from inbox where connection_id = ? order by id")
                .param(connection)
                .query(String.class)
                .list())
        .containsExactly("e1", "e3");
  }

  private SignalBatch bundle(String event, String id) {
    Signal signal =
        new Signal(Kind.USER_CHANGED, new EventRef(event, null), new About(id, null, null), null);
    return new SignalBatch(connection, List.of(signal));
  }
}
