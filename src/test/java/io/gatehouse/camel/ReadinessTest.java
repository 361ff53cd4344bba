package io.gatehouse.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.support.BrokerView;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Health;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Ready is what takes changes in and applies them; outages are in {@link PartsDownSoak}. */
class ReadinessTest {

  private static final UUID NOBODY = new UUID(0, 0);

  private final Gateway gateway = Gateway.shared();
  private final Health health = new Health(gateway);

  @Test
  void isNotReadyWhileNothingIsApplied() throws Exception {
    var routes = gateway.bean(CamelContext.class).getRouteController();
    health.awaitReady();
    routes.stopRoute("command-apply");
    try {
      assertThat(health.awaitDown()).containsExactly("commands");
    } finally {
      routes.startRoute("command-apply");
    }
    health.awaitReady();
  }

  /** Else they would pile up where nobody takes commands, and where nobody can read them. */
  @Test
  void sendsProbesThatExpireAndAreGoneThen() throws Exception {
    var routes = gateway.bean(CamelContext.class).getRouteController();
    health.awaitReady();
    routes.stopRoute("command-apply");
    try (BrokerView broker = BrokerView.of(gateway)) {
      await().until(() -> !broker.messages("commands").isEmpty());
      assertThat(broker.messages("commands")).allMatch(it -> it.getExpiration() > 0);
      assertThat(broker.settings("commands").path("expiryAddress").asText("")).isEmpty();
      assertThat(broker.messages("gatehouse.dead")).isEmpty();
    } finally {
      routes.startRoute("command-apply");
    }
    health.awaitReady();
  }

  @Test
  void leavesNoTraceOfItsProbes() {
    health.awaitReady();

    assertThat(
            count("select count(*) from command_outcome where tenant_id = '%s'".formatted(NOBODY)))
        .isZero();
    assertThat(count("select count(*) from audit_entry where actor = 'probe'")).isZero();
  }

  private long count(String sql) {
    return gateway.bean(JdbcClient.class).sql(sql).query(Long.class).single();
  }
}
