package io.gatehouse;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A caller that did not hear an answer asks again, byte for byte, and gets that answer and no
 * conflict.
 */
class RetryTest {

  private final Gateway gateway =
      Gateway.start(Gateway.temporaryFolder(), "--gatehouse.command.timeout=1s");
  private final ScimClient idp = gateway.connection("standard");

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void answersTheRetryOfACallThatTimedOutLikeTheCall() throws Exception {
    var routes = gateway.bean(CamelContext.class).getRouteController();
    routes.stopRoute("command-apply");
    assertThat(idp.create(user("ada@example.com")).status()).isEqualTo(503);
    routes.startRoute("command-apply");

    Answer retry = idp.create(user("ada@example.com"));
    Answer other = idp.create(user("ada@example.com").put("title", "Countess"));

    assertThat(retry.status()).isEqualTo(201);
    assertThat(idp.get(retry.id()).json()).isEqualTo(retry.json());
    assertThat(other.status()).isEqualTo(409);
    assertThat(idp.call("GET", "/Users", null).json().path("totalResults").asInt()).isEqualTo(1);
  }

  @Test
  void answersTheRetryOfACallThatAnEndedInstanceServed() {
    Answer first = idp.create(user("ada@example.com"));
    gateway.bean(JdbcClient.class).sql("update command_outcome set instance = 'ended'").update();

    Answer retry = idp.create(user("ada@example.com"));

    assertThat(retry.status()).isEqualTo(201);
    assertThat(retry.json()).isEqualTo(first.json());
  }

  @Test
  void refusesASecondCreateWhenTheFirstWasHeard() {
    idp.create(user("ada@example.com"));

    assertThat(idp.create(user("ada@example.com")).status()).isEqualTo(409);
  }
}
