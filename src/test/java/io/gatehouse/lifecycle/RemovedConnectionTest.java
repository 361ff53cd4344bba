package io.gatehouse.lifecycle;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a connection has asked for, and is on the queue when it is removed, is not applied. */
class RemovedConnectionTest {

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("entra");
  private final ScimClient other = gateway.connection("okta");

  @Test
  void endsWhatIsQueuedAndHoldsUpNobody() throws Exception {
    UUID ada = idp.create(user("ada@example.com")).id();
    var routes = gateway.bean(CamelContext.class).getRouteController();
    routes.stopRoute("command-apply");
    CompletableFuture<Answer> patch;
    CompletableFuture<Answer> create;
    CompletableFuture<Answer> innocent;
    try {
      patch =
          later(() -> idp.patch(ada, "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Lady\"}"));
      create = later(() -> idp.create(user("sam@example.com")));
      innocent = later(() -> other.create(user("eve@example.com")));
      await().until(() -> queued() >= 3);
      assertThat(gateway.admin("DELETE", "/connections/" + idp.connection(), null).status())
          .isEqualTo(204);
    } finally {
      routes.startRoute("command-apply");
    }

    assertThat(patch.get().status()).isEqualTo(403);
    assertThat(create.get().status()).isEqualTo(403);
    assertThat(create.get().json().path("detail").asText()).contains("connection was removed");
    assertThat(innocent.get().status()).isEqualTo(201);
    assertThat(refused()).as("entries of the audit log").isEqualTo(2);
    assertThat(count("select count(*) from person where user_name_key = 'sam@example.com'"))
        .isZero();
  }

  private static CompletableFuture<Answer> later(java.util.function.Supplier<Answer> call) {
    return CompletableFuture.supplyAsync(call);
  }

  private int queued() {
    return gateway.bean(io.gatehouse.command.PendingOutcomes.class).count();
  }

  private int refused() {
    return count("select count(*) from audit_entry where status = 403");
  }

  private int count(String sql) {
    return gateway
        .bean(JdbcClient.class)
        .sql(sql + " and tenant_id = (select id from tenant where slug = ?)")
        .param(idp.tenant())
        .query(Integer.class)
        .single();
  }
}
