package io.gatehouse.idpapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.inbox.IdpPolls;
import io.gatehouse.scim.Json;
import io.gatehouse.support.EntraAuthority;
import io.gatehouse.support.FakeIdp;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.tenant.Connections;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Graph is asked to call, asks back whether it may, calls, and is understood. */
class GraphFeedTest {

  private static final String ADA = "a1a1a1a1-0000-4000-8000-00000000000a";

  private static final FakeIdp entra = FakeIdp.start();
  private static Gateway gateway;

  @BeforeAll
  static void start() throws Exception {
    int port = free();
    gateway =
        Gateway.start(
            Gateway.temporaryFolder(),
            EntraAuthority.shared().setting(),
            "--gatehouse.port=" + port,
            "--gatehouse.public-url=http://localhost:" + port);
    gateway.bean(CamelContext.class).getRouteController().stopRoute("inbox-poll");
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @AfterAll
  static void stop() {
    gateway.close();
    entra.close();
  }

  @Test
  void deactivatesWhomGraphSpeaksOf() {
    ScimClient scim = gateway.connection("entra");
    UUID ada = scim.create(ScimClient.user("ada@example.com").put("externalId", ADA)).id();
    entra.user(ADA).with("login", "ada@example.com");
    ObjectNode change = Json.object();
    ObjectNode settings = change.putObject("settings").put("webhookSecret", "graph-cs-5vT1wQ8x");
    settings.set("api", entra.entraAccess());
    gateway.admin("PATCH", "/connections/" + scim.connection(), change);

    gateway.bean(IdpPolls.class).subscribe(connection(scim));
    assertThat(entra.subscriptions().live()).hasSize(2);
    entra.delete(ADA);

    await().until(() -> entra.subscriptions().notify("users", ADA, "updated") == 202);
    await().until(() -> !scim.get(ada).json().path("active").asBoolean(true));
  }

  private static Connections.Connection connection(ScimClient scim) {
    return gateway
        .bean(Connections.class)
        .connection(UUID.fromString(scim.connection()))
        .orElseThrow();
  }
}
