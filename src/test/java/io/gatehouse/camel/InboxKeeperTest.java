package io.gatehouse.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.directory.UnitOfWork;
import io.gatehouse.inbox.Bundle;
import io.gatehouse.inbox.Inbox;
import io.gatehouse.inbox.Signal;
import io.gatehouse.inbox.Signal.About;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.inbox.Signal.Source;
import io.gatehouse.support.Gateway;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the store will never take does not stop the others. */
class InboxKeeperTest {

  private final Gateway gateway = Gateway.shared();
  private final UUID connection = UUID.fromString(gateway.connection("okta").connection());

  @Test
  void keepsTheOthersOfABatch() {
    InboxKeeper keeper = new InboxKeeper(gateway.bean(Inbox.class), gateway.bean(UnitOfWork.class));

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

  private Bundle bundle(String event, String id) {
    Signal signal =
        new Signal(Kind.USER_CHANGED, new Source(event, null), new About(id, null, null), null);
    return new Bundle(connection, List.of(signal));
  }
}
