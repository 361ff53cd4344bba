package io.gatehouse;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariDataSource;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Starting: again on the same data, and not at all where it cannot be right. */
class StartTest {

  private final Path data = Gateway.temporaryFolder();

  @Test
  void findsItsUsersTokensAndSubscriptionsAgainWithATokenOfItsOwnForTheAdministrator()
      throws Exception {
    ScimClient idp;
    Gateway.Answer subscription;
    UUID ada;
    try (Gateway first = Gateway.start(data)) {
      idp = first.connection("standard");
      subscription = first.subscription(idp.tenant(), "training");
      ada = idp.create(user("ada@example.com")).id();
      assertThatThrownBy(() -> Gateway.start(data))
          .isInstanceOf(StartupRefusedException.class)
          .hasMessageContaining("belongs to a gateway that is running");
      giveEverythingToTheSuperuser(first);
    }
    try (Gateway second = Gateway.start(data, "--gatehouse.admin-token=")) {
      ScimClient again = new ScimClient(second, idp.tenant(), idp.connection(), idp.token());
      assertThat(again.get(ada).status()).isEqualTo(200);
      ObjectNode credentials = (ObjectNode) subscription.json();
      credentials.set("urls", withAGeneratedToken(second, idp.tenant()).path("urls"));
      try (Subscriber training = Subscriber.of(subscription)) {
        assertThat(training.next().path("subject").asText()).isEqualTo("/Users/" + ada);
      }
    }
  }

  /** The token that the gateway has made, for its owner only, opens the admin API. */
  private JsonNode withAGeneratedToken(Gateway gateway, String tenant) throws Exception {
    Path token = data.resolve("admin-token");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
        .isEqualTo("rw-------");
    String wanted =
        Json.text(Json.object().put("tenant", tenant).put("name", "o").put("profile", "directory"));
    Gateway.Answer answer =
        gateway.call("POST", "/admin/api/v1/subscriptions", Files.readString(token), wanted);
    assertThat(answer.status()).isEqualTo(201);
    return answer.json();
  }

  /** As versions before the two roles left it. */
  private void giveEverythingToTheSuperuser(Gateway gateway) throws Exception {
    HikariDataSource database = gateway.bean(HikariDataSource.class);
    String password = Files.readString(data.resolve("pg-password"));
    JdbcClient superuser =
        JdbcClient.create(new DriverManagerDataSource(database.getJdbcUrl(), "postgres", password));
    // it may meet the gateway's own statements in a deadlock
    await()
        .ignoreExceptionsInstanceOf(PessimisticLockingFailureException.class)
        .until(() -> superuser.sql("reassign owned by gatehouse_owner to postgres").update() >= 0);
  }

  @Test
  void saysInOneSentenceThatAPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = String.valueOf(taken.getLocalPort());

      assertThatThrownBy(() -> Gateway.start(data, "--gatehouse.port=" + port))
          .isInstanceOf(StartupRefusedException.class)
          .hasMessage("HTTP port " + port + " is taken by another process.");
      assertThatThrownBy(() -> Gateway.start(data, "--gatehouse.broker.port=" + port))
          .hasMessage("Broker port " + port + " is taken by another process.");
    }
  }

  @Test
  void letsNoEventExpireBeforeItsSubscriberIsKnownToLag() {
    assertThatThrownBy(() -> Gateway.start(data, "--gatehouse.subscriptions.max-age=30d"))
        .hasRootCauseInstanceOf(StartupRefusedException.class)
        .rootCause()
        .hasMessageContaining("max-age must be less than 30 days");
  }
}
