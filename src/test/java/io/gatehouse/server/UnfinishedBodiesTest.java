package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.OpenCall;
import io.gatehouse.support.ScimClient;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that announce a body and do not send it stop nobody else. */
class UnfinishedBodiesTest {

  private static final Gateway GATEWAY = Gateway.shared();
  private static final Duration IN_TIME = Duration.ofSeconds(30);

  private final ScimClient idp = GATEWAY.connection("okta");

  @ParameterizedTest
  @ValueSource(
      strings = {"/scim/v2/Users", "/admin/api/v1/users", "/events", "/asyncapi.yaml", "/nothing"})
  void aBodyIsNotWaitedForBeforeTheCredentialIsKnown(String path) {
    try (OpenCall.Many calls = OpenCall.many(320, GATEWAY, "POST " + path, "", "1000", "{")) {
      assertThat(calls.all()).allSatisfy(it -> assertThat(it.status()).isIn(401, 405));
      assertOthersAreServed();
    }
  }

  @Test
  void aBodyIsNotWaitedForWhereThereIsNoConnection() {
    String path = "POST /webhooks/okta/" + UUID.randomUUID();
    try (OpenCall.Many calls = OpenCall.many(320, GATEWAY, path, "", "1000", "{")) {
      // 503 where too many unknown connections are looked up at once
      assertThat(calls.all()).allSatisfy(it -> assertThat(it.status()).isIn(404, 503));
      assertOthersAreServed();
      Answer webhook = GATEWAY.call("POST", "/webhooks/okta/" + idp.connection(), "secret", "{}");
      assertThat(webhook.status()).isEqualTo(401);
    }
  }

  @Test
  void slowBodiesOfOneConnectionAreItsOwnLoss() {
    String token = GATEWAY.connection("okta").token();
    try (OpenCall.Many calls =
        OpenCall.many(320, GATEWAY, "POST /scim/v2/Users", token, "1000", "{")) {
      assertOthersAreServed();
      assertThat(calls.all())
          .allSatisfy(it -> assertThat(it.status()).isIn(408, 503))
          .anySatisfy(it -> assertThat(it.status()).isEqualTo(503));
    }
  }

  @Test
  void slowWebhooksOfOneConnectionAreItsOwnLoss() {
    String path = "POST /webhooks/okta/" + GATEWAY.connection("okta").connection();
    try (OpenCall.Many calls = OpenCall.many(110, GATEWAY, path, "", "1000", "{")) {
      Answer other = GATEWAY.call("POST", "/webhooks/okta/" + idp.connection(), "secret", "{}");
      assertThat(other.status()).isEqualTo(401);
      assertOthersAreServed();
      assertThat(calls.all()).allSatisfy(it -> assertThat(it.status()).isIn(408, 503));
    }
  }

  @Test
  void aSlowBodyIsAnsweredInTheFormOfItsProtocol() {
    try (OpenCall scim = OpenCall.of(GATEWAY, "PATCH /scim/v2/Groups/1", idp.token(), "1000", "{");
        OpenCall admin =
            OpenCall.of(GATEWAY, "POST /admin/api/v1/users", Gateway.ADMIN_TOKEN, "1000", "{")) {
      assertThat(scim.status()).isEqualTo(408);
      assertThat(scim.answer())
          .contains("application/scim+json")
          .containsPattern("comes too slowly|Request Timeout");
      assertThat(admin.status()).isEqualTo(408);
      assertThat(admin.answer())
          .contains("application/problem+json")
          .containsPattern("comes too slowly|Request Timeout");
    }
  }

  @Test
  void aClientThatIsRefusedReadsItsAnswerAfterItHasSentItsBody() {
    String body = "x".repeat(5_000_000);
    for (String path : List.of("/scim/v2/Users", "/admin/api/v1/users", "/webhooks/okta/none")) {
      Answer answer = GATEWAY.call("POST", path, null, body);

      assertThat(answer.status()).as(path).isIn(401, 404);
    }
  }

  @Test
  void aRefusedClientKeepsItsConnection() {
    try (OpenCall call = OpenCall.of(GATEWAY, "POST /scim/v2/Users", "wrong", "2", "{}")) {
      assertThat(call.status()).isEqualTo(401);
      call.again("GET /scim/v2/Users?count=0", idp.token());
      assertThat(call.status()).isEqualTo(200);
    }
  }

  @Test
  void theAdminApiTakesNoMoreThanAMegabyte() {
    long gigabyte = 1L << 30;
    try (OpenCall announced =
            OpenCall.of(
                GATEWAY,
                "POST /admin/api/v1/users",
                Gateway.ADMIN_TOKEN,
                String.valueOf(gigabyte),
                "{");
        OpenCall chunked =
            OpenCall.chunked(GATEWAY, "POST /admin/api/v1/users", Gateway.ADMIN_TOKEN, 2_000_000)) {
      assertThat(announced.status()).isEqualTo(413);
      assertThat(chunked.status()).isEqualTo(413);
      assertThat(chunked.answer()).contains("application/problem+json", "1048576 bytes");
    }
  }

  /** A write, and health. */
  private void assertOthersAreServed() {
    String name = UUID.randomUUID() + "@example.com";
    assertThat(timed(() -> idp.create(ScimClient.user(name))).status()).isEqualTo(201);
    assertThat(timed(() -> GATEWAY.call("GET", "/actuator/health/readiness", null, null)).status())
        .isEqualTo(200);
  }

  private static Answer timed(Supplier<Answer> call) {
    long start = System.nanoTime();
    Answer answer = call.get();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(IN_TIME);
    return answer;
  }
}
