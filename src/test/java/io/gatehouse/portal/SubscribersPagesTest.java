package io.gatehouse.portal;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.access.Role;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.PortalClient.Page;
import io.gatehouse.support.Receiver;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import jakarta.jms.Connection;
import jakarta.jms.Session;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.Test;

/** Queues and endpoints, without curl. */
class SubscribersPagesTest {

  private static final Pattern VALUE = Pattern.compile("<code id=\"secret-\\d\">([^<]*)</code>");
  private static final int ATTEMPTS = 5;

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");
  private final String pages = "/admin/tenants/" + idp.tenant() + "/subscribers";
  private final PortalClient admin = PortalClient.signedIn(gateway, Role.ADMIN, idp.tenant());

  @Test
  void addsAQueueThatItsPasswordOpensAndShowsItOnce() throws Exception {
    assertThat(admin.get(pages).text()).contains("No queue yet", "No endpoint yet");
    Page made =
        admin.post(
            pages + "/queues",
            "name",
            "crm",
            "profile",
            "hr",
            "types",
            "gatehouse.user.*",
            "bootstrap",
            "true");

    assertThat(made.text()).contains("shown once");
    JsonNode credentials = credentials(made);
    idp.create(user("ada"));
    try (Subscriber subscriber = Subscriber.of(credentials, credentials.path("queue").asText())) {
      assertThat(subscriber.next().path("type").asText()).startsWith("gatehouse.");
    }
    Page list = admin.get(pages);
    assertThat(list.text()).contains("crm", "live", "hr", "gatehouse.user.*");
    assertThat(list.html()).doesNotContain(credentials.path("password").asText());
  }

  private static JsonNode credentials(Page page) {
    Matcher value = VALUE.matcher(page.html());
    String[] found = value.results().map(it -> it.group(1)).toArray(String[]::new);
    var json = Json.object().put("username", found[0]).put("password", found[1]);
    if (found.length > 2) {
      json.put("queue", found[2]).putObject("urls").put("amqp", found[3]);
    }
    return json;
  }

  @Test
  void keepsWhatWasTypedWhenTheFormIsWrong() {
    admin.get(pages);
    Page page =
        admin.post(pages + "/endpoints", "name", "Bad Name", "url", "ftp://x", "profile", "hr");
    assertThat(page.status()).isEqualTo(400);
    assertThat(page.html()).contains("role=\"alert\"", "value=\"Bad Name\"", "value=\"ftp://x\"");
  }

  @Test
  void showsResendsAndDiscardsDeadLetters() throws Exception {
    JsonNode queue = gateway.subscription(idp.tenant(), "training").json();
    idp.create(user("ada"));
    fail(queue);
    String page = pages + "/queues/training";

    assertThat(admin.get(page).text()).contains("gatehouse.user.created.v1", "Resend all 1");
    assertThat(admin.post(page + "/dead-letters/resend").text()).contains("on their way again");
    assertThat(admin.get(page).text()).contains("None. An event that the subscriber");
    fail(queue);
    assertThat(admin.post(page + "/dead-letters/discard").text()).contains("were discarded");
    assertThat(
            gateway
                .admin("GET", "/subscriptions/" + idp.tenant() + "/training/dead-letters", null)
                .json()
                .path("total")
                .asInt())
        .isZero();
  }

  /** A subscriber fails to process the next event until it is a dead letter. */
  static void fail(JsonNode queue) throws Exception {
    try (Connection connection =
            new JmsConnectionFactory(queue.at("/urls/amqp").asText())
                .createConnection(
                    queue.path("username").asText(), queue.path("password").asText());
        Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
      connection.start();
      var messages = session.createConsumer(session.createQueue(queue.path("queue").asText()));
      for (int i = 0; i < ATTEMPTS; i++) {
        assertThat(messages.receive(10_000)).isNotNull();
        session.rollback();
      }
      assertThat(messages.receive(500)).isNull();
    }
  }

  @Test
  void startsABootstrapAndAReplayAndShowsTheirProgress() {
    gateway.subscription(idp.tenant(), "training");
    idp.create(user("ada"));
    String page = pages + "/queues/training";
    admin.get(page);

    assertThat(admin.post(page + "/bootstrap").text()).contains("present state is being sent");
    gateway.sql(
        """
        insert into catch_up (id, tenant_id, name, kind, stage, position, origin, until, sent, due_at)
        select gen_random_uuid(), id, 'training', 'replay', 'LOG', '150', '100', 200, 42, now() + interval '1 day'
          from tenant where slug = ?
        """,
        idp.tenant());
    String progress = "/subscriptions/" + idp.tenant() + "/training/catch-ups";
    assertThat(gateway.admin("GET", progress, null).json().at("/catchUps").toString())
        .contains("\"kind\":\"replay\"", "\"percent\":50", "\"sent\":42");
    Page part = admin.get(page + "/progress");
    assertThat(part.html())
        .contains("hx-trigger=\"every 2s\"", "value=\"50\"")
        .doesNotContain("<html");

    gateway.sql("delete from catch_up where kind = 'replay' and name = 'training'");
    await()
        .untilAsserted(
            () ->
                assertThat(admin.get(page + "/progress").html())
                    .contains("No bootstrap or replay runs")
                    .doesNotContain("hx-trigger"));
    assertThat(admin.post(page + "/replay", "sequence", "1", "time", "", "resource", "").text())
        .contains("sent again");
    assertThat(admin.post(page + "/replay", "sequence", "", "time", "yesterday").status())
        .isEqualTo(400);
  }

  @Test
  void givesANewPasswordAndRemovesAQueue() throws Exception {
    JsonNode old = gateway.subscription(idp.tenant(), "training").json();
    String page = pages + "/queues/training";
    admin.get(page);
    JsonNode fresh = credentials(admin.post(page + "/password"));

    assertThat(fresh.path("password").asText()).isNotEqualTo(old.path("password").asText());
    assertThat(admin.post(page + "/remove").text()).contains("It was removed.", "No queue yet");
    assertThat(admin.get(page).status()).isEqualTo(404);
  }

  @Test
  void showsTheAttemptsOfAnEndpointAndEnablesItAgain() {
    try (Receiver receiver = Receiver.start()) {
      admin.get(pages);
      Page made =
          admin.post(
              pages + "/endpoints",
              "name",
              "crm",
              "url",
              receiver.url() + "/hooks",
              "profile",
              "notice");
      assertThat(made.text()).contains("Signing secret", "whsec_");
      idp.create(user("ada"));
      String page = pages + "/endpoints/crm";
      await().untilAsserted(() -> assertThat(admin.get(page).text()).contains("204"));

      gateway.sql(
          "update endpoint set disabled_because = 'It <b>failed</b> for five days.' where tenant_id = (select id from tenant where slug = ?)",
          idp.tenant());
      Page disabled = admin.get(page);
      assertThat(disabled.text()).contains("The endpoint is sent nothing");
      assertThat(disabled.html()).doesNotContain("<b>failed");
      assertThat(admin.post(page + "/enable").text()).contains("The endpoint is enabled");
      assertThat(admin.post(page + "/resend", "sequence", "1").text())
          .contains("on their way again");
      assertThat(admin.post(page + "/secret").text()).contains("whsec_");
      assertThat(admin.get(page).html()).contains("/secret/remove");
      assertThat(admin.post(page + "/remove").text()).contains("No endpoint yet");
    }
  }

  @Test
  void sendsATestEventAsEventsAreSent() {
    try (Receiver receiver = Receiver.start()) {
      admin.get(pages);
      admin.post(pages + "/endpoints", "name", "crm", "url", receiver.url(), "profile", "hr");
      String page = pages + "/endpoints/crm";

      assertThat(admin.post(page + "/test").text()).contains("took the test event", "204");

      Receiver.Request sent = receiver.requests().get(0);
      assertThat(sent.type()).isEqualTo("gatehouse.endpoint.test.v1");
      assertThat(sent.event().path("id").asText()).isEqualTo(sent.header("Webhook-id"));
      assertThat(sent.headers()).containsKeys("Webhook-signature", "Webhook-timestamp");
      receiver.answers(Receiver.status(410));
      assertThat(admin.post(page + "/test").text()).contains("did not take", "answered 410");
      assertThat(admin.get(page).text()).contains("enabled", "No attempt yet");
      PortalClient viewer = PortalClient.signedIn(gateway, Role.VIEWER, idp.tenant());
      assertThat(viewer.get(page).text()).doesNotContain("Send a test event");
      assertThat(viewer.post(page + "/test").status()).isEqualTo(403);
    }
  }

  @Test
  void saysWhenNothingWasDone() {
    gateway.subscription(idp.tenant(), "training");
    String page = pages + "/queues/training";
    admin.get(page);
    Page resent = admin.post(page + "/dead-letters/resend", "event", UUID.randomUUID().toString());
    assertThat(resent.status()).isEqualTo(404);
    assertThat(resent.text()).contains("nothing was done");
    assertThat(admin.post(page + "/dead-letters/discard").status()).isEqualTo(404);
    assertThat(
            gateway
                .admin("GET", "/audit?tenant=" + idp.tenant(), null)
                .json()
                .path("entries")
                .path(0)
                .at("/about/name")
                .asText())
        .isEqualTo("training");
  }

  @Test
  void leavesOthersOut() {
    gateway.subscription(idp.tenant(), "training");
    PortalClient viewer = PortalClient.signedIn(gateway, Role.VIEWER, idp.tenant());
    Page page = viewer.get(pages + "/queues/training");
    assertThat(page.text())
        .contains("Dead letters")
        .doesNotContain("Start a replay", "New password");
    for (String act :
        new String[] {"/bootstrap", "/replay", "/password", "/remove", "/dead-letters/discard"}) {
      assertThat(viewer.post(pages + "/queues/training" + act).status()).as(act).isEqualTo(403);
    }
    PortalClient foreign = PortalClient.signedIn(gateway, Role.ADMIN, gateway.tenant());
    assertThat(foreign.get(pages).status()).isEqualTo(404);
    assertThat(foreign.get(pages + "/queues/training").status()).isEqualTo(404);
    foreign.get("/admin");
    assertThat(foreign.post(pages + "/queues/training/remove").status()).isEqualTo(404);
    assertThat(foreign.post(pages + "/queues", "name", "mine").status()).isIn(400, 404);
  }
}
