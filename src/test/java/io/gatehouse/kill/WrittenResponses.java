package io.gatehouse.kill;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.time.Duration;
import java.util.UUID;

/** An IdP has heard the answers to a create, a replacement and a deletion. */
final class WrittenResponses {

  /** An instance counts as ended after ten seconds without a sign of life. */
  private static final Duration ENDED = Duration.ofSeconds(11);

  private static final ObjectNode ADA = user("ada@example.com");

  private final ScimClient idp;
  private final UUID ada;
  private final UUID grace;
  private long killed;

  private WrittenResponses(ScimClient idp) {
    this.idp = idp;
    this.ada = idp.create(ADA).id();
    this.grace = idp.create(user("grace@example.com")).id();
  }

  static WrittenResponses of(Gateway gateway) {
    WrittenResponses responses = new WrittenResponses(gateway.connection("standard"));
    assertThat(responses.replace(responses.idp).status()).isEqualTo(200);
    assertThat(responses.idp.delete(responses.grace).status()).isEqualTo(204);
    return responses;
  }

  /** The gateway that has answered is dead. */
  void killed() {
    killed = System.nanoTime();
  }

  /** Answered again, the requests would succeed. */
  void check(Gateway gateway) {
    await().atMost(ENDED.multipliedBy(2)).until(() -> System.nanoTime() - killed > ENDED.toNanos());
    ScimClient again = new ScimClient(gateway, idp.tenant(), idp.connection(), idp.token());
    assertThat(again.create(ADA).status()).isEqualTo(409);
    assertThat(replace(again).status()).isEqualTo(412);
    assertThat(again.delete(grace).status()).isEqualTo(404);
  }

  private Answer replace(ScimClient client) {
    ObjectNode lady = user("ada@example.com").put("title", "Lady");
    return client.with("If-Match", "W/\"1\"", "PUT", ada, lady);
  }
}
