package io.gatehouse.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.FakeIdp;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.tenant.Connections;
import io.gatehouse.tenant.Connections.Connection;
import io.gatehouse.webhook.OktaEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What IdPs say when they are polled reaches the inbox, whatever happens in between. */
class PollTest {

  private static final String ADA = "00uada";
  private static final String GUID = "a1a1a1a1-0000-4000-8000-00000000000a";

  private final Gateway gateway = Gateway.shared();
  private final IdpPolls idpPolls = gateway.bean(IdpPolls.class);
  private final IdpStates states = gateway.bean(IdpStates.class);
  private final Inbox inbox = gateway.bean(Inbox.class);
  private final RouteController routes = gateway.bean(CamelContext.class).getRouteController();
  private final FakeIdp idp = FakeIdp.start();

  /** What is worked off loses its subject. */
  @BeforeEach
  void leaveTheInboxAlone() throws Exception {
    routes.stopRoute("inbox-due");
  }

  @AfterEach
  void close() throws Exception {
    routes.stopRoute("inbox-poll");
    routes.startRoute("inbox-due");
    idp.close();
  }

  @Test
  void reachesTheUsers() throws Exception {
    ScimClient scim = gateway.connection("okta");
    UUID ada = scim.create(ScimClient.user("00uada@example.com").put("externalId", ADA)).id();
    UUID okta = UUID.fromString(scim.connection());
    change(okta, idp.oktaAccess());
    idp.user(ADA);
    idp.deactivate(ADA);

    poll(okta);
    routes.startRoute("inbox-due");

    await().until(() -> !scim.get(ada).json().path("active").asBoolean(true));
  }

  @Test
  void goesOnWhereTheLastPollHasStopped() {
    UUID okta = connection("okta", idp.oktaAccess());
    idp.user(ADA);
    poll(okta);
    assertThat(subjects(okta)).containsExactly("user:" + ADA);

    idp.user(ADA).with("title", "Analyst");
    idp.user("00ubob");
    int calls = idp.calls().size();
    poll(okta);

    assertThat(subjects(okta)).containsExactly("user:00uada", "user:00uada", "user:00ubob");
    assertThat(idp.calls().get(calls)).contains("after=1");
  }

  @Test
  void keepsAnEventOnceThatCameByWebhookToo() {
    UUID okta = connection("okta", idp.oktaAccess());
    idp.user(ADA);
    idp.deactivate(ADA);
    List<Signal> heard = new ArrayList<>();
    idp.oktaEvents().forEach(it -> heard.addAll(OktaEvents.read(it)));
    inbox.add(okta, heard);

    poll(okta);

    assertThat(subjects(okta)).hasSize(2);
  }

  @Test
  void keepsAnEventOnceThatIsReadAgain() {
    UUID okta = connection("okta", idp.oktaAccess());
    idp.user(ADA);
    poll(okta);
    idp.deactivate(ADA);
    idp.faults().failing(1, 400);

    poll(okta);

    assertThat(subjects(okta)).hasSize(2);
  }

  @Test
  void stopsBetweenPagesAndLosesNothing() {
    UUID okta = connection("okta", idp.oktaAccess());
    for (int i = 0; i < 25; i++) {
      idp.user("00u" + i);
    }
    idp.pagesOf(2);
    idpPolls.poll(connection(okta));
    assertThat(subjects(okta)).hasSize(20);

    idpPolls.poll(connection(okta));

    assertThat(subjects(okta)).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  void startsAgainAtAnotherAddress() {
    UUID okta = connection("okta", idp.oktaAccess());
    idp.user(ADA);
    poll(okta);
    try (FakeIdp moved = FakeIdp.start()) {
      moved.user("00umoved");
      change(okta, moved.oktaAccess());

      poll(okta);
    }

    assertThat(subjects(okta)).containsExactly("user:00uada", "user:00umoved");
  }

  @Test
  void hearsWhatChangesAtEntra() {
    UUID entra = connection("entra", idp.entraAccess());
    poll(entra);
    idp.user(GUID);
    idp.group("c3c3c3c3", "Ward 5");
    idp.loseDeltas(410);

    poll(entra);

    assertThat(subjects(entra)).containsExactly("user:" + GUID, "group:c3c3c3c3");
  }

  @Test
  void hearsWhatChangesAtOneLogin() {
    UUID oneLogin = connection("onelogin", idp.clientAccess());
    idp.user("41770001");
    poll(oneLogin);
    idp.deactivate("41770001");

    poll(oneLogin);

    assertThat(subjects(oneLogin)).containsExactly("user:41770001", "user:41770001");
  }

  @Test
  void isDoneByOneInstanceAtATimeAndNotMoreOftenForThereBeingMany() {
    UUID okta = connection("okta", idp.oktaAccess());
    states.begin(okta, IdpPolls.TURN, Duration.ofMinutes(1));
    idpPolls.poll(connection(okta));
    assertThat(idp.calls()).isEmpty();

    states.end(okta, IdpPolls.TURN, Duration.ZERO);
    idpPolls.poll(connection(okta));
    int calls = idp.calls().size();
    assertThat(calls).isPositive();
    idpPolls.poll(connection(okta));

    assertThat(idp.calls()).hasSize(calls);
  }

  @Test
  void comesAgainWhenSomebodyHasDiedInTheirTurn() {
    UUID okta = connection("okta", idp.oktaAccess());
    states.begin(okta, IdpPolls.TURN, Duration.ZERO);

    idpPolls.poll(connection(okta));

    assertThat(idp.calls()).isNotEmpty();
  }

  @Test
  void leavesAnIdpAloneForAsLongAsItAsks() {
    UUID okta = connection("okta", idp.oktaAccess());
    idp.faults().tooMany(Duration.ofMinutes(5));
    idpPolls.poll(connection(okta));

    Double pause =
        gateway
            .bean(JdbcClient.class)
            .sql("select extract(epoch from free_at - now()) from idp_turn where connection_id = ?")
            .param(okta)
            .query(Double.class)
            .single();

    assertThat(pause).isBetween(280.0, 301.0);
  }

  @Test
  void goesOnWithOthersWhenOneFails() throws Exception {
    UUID refused = connection("okta", idp.oktaAccess().put("token", "mistaken"));
    UUID sealed = connection("okta", idp.oktaAccess());
    gateway.sql(
        "update connection set settings = jsonb_set(settings, '{api,token}', '\"b3RoZXI=\"') where id = ?",
        sealed);
    UUID okta = connection("okta", idp.oktaAccess());
    idp.user(ADA);

    routes.startRoute("inbox-poll");

    await().untilAsserted(() -> assertThat(subjects(okta)).hasSize(1));
    assertThat(subjects(refused)).isEmpty();
  }

  private UUID connection(String name, ObjectNode access) {
    UUID id = UUID.fromString(gateway.connection(name).connection());
    change(id, access);
    return id;
  }

  private void change(UUID id, ObjectNode access) {
    ObjectNode change = Json.object();
    change.putObject("settings").set("api", access);
    assertThat(gateway.admin("PATCH", "/connections/" + id, change).status()).isEqualTo(200);
  }

  private Connection connection(UUID id) {
    return gateway.bean(Connections.class).connection(id).orElseThrow();
  }

  /** Without the rest that instances keep between them. */
  private void poll(UUID id) {
    states.end(id, IdpPolls.TURN, Duration.ZERO);
    idpPolls.poll(connection(id));
  }

  private List<String> subjects(UUID id) {
    return gateway
        .bean(JdbcClient.class)
        .sql("select subject from inbox where connection_id = ? order by id")
        .param(id)
        .query(String.class)
        .list();
  }
}
