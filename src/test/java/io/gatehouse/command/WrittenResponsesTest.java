package io.gatehouse.command;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.GatewayProcess;
import io.gatehouse.support.ScimClient;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What was heard before a gateway was killed is not answered again by its successor. */
class WrittenResponsesTest {

  /** An instance counts as ended after ten seconds without a sign of life. */
  private static final Duration ENDED = Duration.ofSeconds(11);

  @Test
  void answersNothingAgainThatWasHeardBeforeTheGatewayWasKilled() throws Exception {
    GatewayProcess gateway = GatewayProcess.start(Gateway.temporaryFolder());
    try {
      ScimClient idp = gateway.client().connection("standard");
      ObjectNode ada = user("ada@example.com");
      UUID id = idp.create(ada).id();
      UUID grace = idp.create(user("grace@example.com")).id();
      assertThat(replace(idp, id).status()).isEqualTo(200);
      assertThat(idp.delete(grace).status()).isEqualTo(204);
      await().pollDelay(Duration.ofMillis(500)).until(() -> true);

      gateway.kill();
      gateway = gateway.restart();
      await().pollDelay(ENDED).atMost(ENDED.plusSeconds(5)).until(() -> true);

      ScimClient again = new ScimClient(gateway.client(), idp.tenant(), "", idp.token());
      assertThat(again.create(ada).status()).isEqualTo(409);
      assertThat(replace(again, id).status()).isEqualTo(412);
      assertThat(again.delete(grace).status()).isEqualTo(404);
    } finally {
      gateway.stop();
    }
  }

  private static io.gatehouse.support.Gateway.Answer replace(ScimClient idp, UUID id) {
    return idp.with("If-Match", "W/\"1\"", "PUT", id, user("ada@example.com").put("title", "Lady"));
  }
}
