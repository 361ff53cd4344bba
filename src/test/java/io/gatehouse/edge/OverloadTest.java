package io.gatehouse.edge;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A connection that offers fifty times its rate; {@code NoisyNeighbourSoak} measures the same. */
class OverloadTest {

  private static final int SURPLUS = 100;
  private static final String LEAVE = "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}";
  private static final String TITLE = "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"x\"}";

  private final Gateway gateway = Gateway.shared();
  private final ScimClient noisy = gateway.connection("standard");
  private final ScimClient victim = gateway.connection("standard");
  private UUID ada;
  private UUID bob;

  @BeforeEach
  void limit() {
    ada = noisy.create(user("ada@example.com")).id();
    bob = noisy.create(user("bob@example.com")).id();
    gateway.admin(
        "PATCH",
        "/connections/" + noisy.connection(),
        Json.stored("{\"settings\":{\"rateLimit\":1}}"));
  }

  @Test
  void refusesTheSurplusBeforeItIsQueuedAndServesOthers() {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < SURPLUS; i++) {
      answers.add(noisy.create(user("user" + i + "@example.com")));
      if (i % 10 == 0) {
        assertThat(victim.create(user("user" + i + "@example.com")).status()).isEqualTo(201);
      }
    }

    assertThat(answers).extracting(Answer::status).containsOnly(201, 429);
    assertThat(answers)
        .filteredOn(it -> it.status() == 429)
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.header("Retry-After")).isNotEmpty());
    long admitted = answers.stream().filter(it -> it.status() == 201).count();
    assertThat(commands()).isEqualTo(2 + admitted);
  }

  private long commands() {
    return gateway
        .bean(JdbcClient.class)
        .sql("select count(*) from command_outcome where connection_id = ?::uuid")
        .param(noisy.connection())
        .query(Long.class)
        .single();
  }

  @Test
  void letsLeaversGoBeyondTheRateAndNothingElseOfTheSameUsers() {
    exhaust();

    assertThat(noisy.patch(ada, LEAVE).status()).isEqualTo(200);
    assertThat(noisy.delete(bob).status()).isEqualTo(204);
  }

  @Test
  void refusesWhatIsInvalidLikeTheRest() {
    exhaust();

    assertThat(statuses(() -> noisy.patch(ada, "{\"op\":\"explode\"}"))).contains(429);
    assertThat(statuses(() -> noisy.call("DELETE", "/Users/nobody", null))).contains(429);
    assertThat(statuses(() -> noisy.call("PATCH", "/Users/nobody/x", Json.object()))).contains(429);
  }

  private static List<Integer> statuses(Supplier<Answer> call) {
    return IntStream.range(0, SURPLUS).mapToObj(i -> call.get().status()).distinct().toList();
  }

  /** A change that is none of a leaver is refused, whatever its form. */
  private void exhaust() {
    List<Answer> refused =
        IntStream.range(0, SURPLUS)
            .mapToObj(i -> noisy.patch(ada, TITLE))
            .filter(it -> it.status() != 200)
            .toList();
    assertThat(refused).isNotEmpty().extracting(Answer::status).containsOnly(429);
    assertThat(refused).extracting(it -> it.header("Retry-After")).doesNotContain("");
  }
}
