package io.gatehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.tenant.BearerToken;
import io.gatehouse.tenant.Connections;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A connection has two live tokens at most, and the holder of a setup link leaves one. */
class ConnectionTokensTest {

  private static final int CALLS = 6;

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("okta");
  private final UUID connection = UUID.fromString(idp.connection());
  private final Connections connections = gateway.bean("connections", Connections.class);

  @Test
  void simultaneousRotationsMakeTwoLiveTokens() throws Exception {
    List<Boolean> issued =
        behindALock(() -> connections.issue(connection, BearerToken.generate()).isPresent());

    assertThat(connections.liveTokens(connection)).hasSize(2);
    assertThat(issued.stream().filter(it -> it)).hasSize(1);
  }

  @Test
  void simultaneousRevocationsByALinkLeaveOneToken() throws Exception {
    connections.issue(connection, BearerToken.generate());
    List<UUID> tokens = connections.liveTokens(connection).stream().map(it -> it.id()).toList();
    List<UUID> turns = new ArrayList<>(tokens);

    behindALock(() -> connections.revokeSpare(connection, next(turns, tokens)));

    assertThat(connections.liveTokens(connection)).hasSize(1);
  }

  @Test
  void aRemovedConnectionGetsNoToken() {
    connections.remove(connection);

    assertThat(connections.issue(connection, BearerToken.generate())).isEmpty();
    assertThat(connections.liveTokens(connection)).isEmpty();
  }

  private static synchronized UUID next(List<UUID> turns, List<UUID> otherwise) {
    return turns.isEmpty() ? otherwise.get(0) : turns.remove(0);
  }

  /** All calls begin while the row is locked, so that each starts before another has committed. */
  private List<Boolean> behindALock(Callable<Boolean> call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CALLS);
    try {
      List<Future<Boolean>> calls = new ArrayList<>();
      CyclicBarrier begun = new CyclicBarrier(CALLS + 1);
      gateway
          .bean(TransactionTemplate.class)
          .executeWithoutResult(
              status -> {
                lock();
                for (int i = 0; i < CALLS; i++) {
                  calls.add(
                      threads.submit(
                          () -> {
                            begun.await();
                            return call.call();
                          }));
                }
                waitFor(begun);
              });
      List<Boolean> answers = new ArrayList<>();
      for (Future<Boolean> it : calls) {
        answers.add(it.get());
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }

  private void lock() {
    gateway
        .bean(JdbcClient.class)
        .sql("select id from connection where id = ? for update")
        .param(connection)
        .query(UUID.class)
        .single();
  }

  private void waitFor(CyclicBarrier begun) {
    try {
      begun.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    await()
        .until(
            () ->
                gateway
                        .owner()
                        .sql("select count(*) from pg_locks where not granted")
                        .query(Long.class)
                        .single()
                    >= CALLS - 1);
  }
}
