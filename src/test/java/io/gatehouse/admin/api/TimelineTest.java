package io.gatehouse.admin.api;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.CsvClient;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Receiver;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Webhook;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What happened to a user: request, quirks, command, difference, event. */
class TimelineTest {

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("entra");

  @Test
  void tellsFromTheRequestToTheEvent() {
    UUID ada = idp.create(user("ada")).id();
    idp.patch(ada, "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}");
    await().until(() -> entries(ada).get(0).at("/event").has("sequence"));

    JsonNode left = entries(ada).get(0);

    assertThat(left.path("actor").asText()).isEqualTo("idp:entra");
    assertThat(left.path("action").asText()).isEqualTo("user.modify");
    assertThat(left.path("connection").asText()).isEqualTo(idp.connection());
    assertThat(left.path("status").asInt()).isEqualTo(200);
    assertThat(left.has("command")).isTrue();
    assertThat(left.path("repairs"))
        .contains(Json.stored("{\"quirk\":\"booleans-from-strings\",\"path\":\"active\"}"));
    assertThat(left.path("changes"))
        .containsExactly(
            Json.stored("{\"path\":\"active\",\"op\":\"replace\",\"old\":true,\"new\":false}"));
    assertThat(left.at("/event/type").asText()).isEqualTo("gatehouse.user.deactivated.v1");
    assertThat(left.at("/event/version").asInt()).isEqualTo(2);
    assertThat(left.at("/event").has("announcedAt")).isTrue();
  }

  @Test
  void tellsTheLatestFirst() {
    UUID ada = idp.create(user("ada")).id();
    gateway.admin("POST", "/users/" + ada + "/enrol", null);
    gateway.admin("PUT", "/users/" + ada + "/hold", null);
    idp.delete(ada);

    assertThat(entries(ada))
        .extracting(it -> it.path("action").asText())
        .containsExactly("user.delete", "user.hold", "user.enrol", "user.create");
    assertThat(entries(ada).get(1).path("actor").asText()).isEqualTo("admin");
    assertThat(entries(ada).get(1).has("event")).isFalse();
  }

  @Test
  void tellsWhatWasRefusedAndWhy() {
    idp.create(user("grace"));
    UUID ada = idp.create(user("ada")).id();
    idp.patch(ada, "{\"op\":\"replace\",\"path\":\"userName\",\"value\":\"grace\"}");

    JsonNode refused = entries(ada).get(0);

    assertThat(refused.path("status").asInt()).isEqualTo(409);
    assertThat(refused.path("refused").asText()).contains("userName");
    assertThat(refused.has("event")).isFalse();
  }

  @Test
  void tellsOnRequestOnlyWhatWasRefused() {
    idp.create(user("grace"));
    UUID ada = idp.create(user("ada")).id();
    idp.patch(ada, "{\"op\":\"replace\",\"path\":\"userName\",\"value\":\"grace\"}");
    idp.patch(ada, "{\"op\":\"add\",\"path\":\"title\",\"value\":\"Countess\"}");

    assertThat(list(timeline(ada, "?failures=true")))
        .extracting(it -> it.path("status").asInt())
        .containsExactly(409);
    assertThat(entries(ada)).hasSize(3);
  }

  @Test
  void tellsOfTheDeliveriesOfAnEvent() {
    try (Receiver receiver = Receiver.start()) {
      Webhook.create(gateway, Webhook.wanted(idp.tenant(), "hr", receiver.url()));
      UUID ada = idp.create(user("ada")).id();
      await().until(() -> entries(ada).get(0).has("deliveries"));
      await().until(() -> entries(ada).get(0).at("/deliveries/0").has("status"));

      JsonNode delivery = entries(ada).get(0).at("/deliveries/0");

      assertThat(delivery.path("endpoint").asText()).isEqualTo("hr");
      assertThat(delivery.path("status").asInt()).isBetween(200, 299);
      assertThat(delivery.has("at")).isTrue();
      assertThat(delivery.has("due")).isFalse();

      receiver.answers(Receiver.status(500));
      idp.delete(ada);
      await()
          .until(
              () -> {
                String deliveries = entries(ada).get(0).path("deliveries").toString();
                return deliveries.contains("\"status\":500") && deliveries.contains("\"due\"");
              });
    }
  }

  @Test
  void tellsWhereEachAttributeComesFrom() {
    UUID ada =
        gateway
            .admin("POST", "/users", user("ada").put("tenant", idp.tenant()).put("title", "T"))
            .id();
    idp.create(user("ada").put("title", "Countess").put("nickName", "A"));
    idp.patch(ada, "{\"op\":\"replace\",\"path\":\"name.familyName\",\"value\":\"King\"}");

    JsonNode origins = gateway.admin("GET", "/users/" + ada + "/origins", null).json();

    JsonNode name = origin(origins, "userName");
    assertThat(name.path("source").asText()).isEqualTo("administrator");
    assertThat(name.path("actor").asText()).isEqualTo("admin");
    assertThat(name.path("action").asText()).isEqualTo("user.create");
    assertThat(name.path("value").asText()).isEqualTo("ada");
    JsonNode title = origin(origins, "title");
    assertThat(title.path("source").asText()).isEqualTo("connection");
    assertThat(title.path("connection").asText()).isEqualTo(idp.connection());
    assertThat(title.path("action").asText()).isEqualTo("user.create");
    assertThat(origin(origins, "name.familyName").path("action").asText()).isEqualTo("user.modify");
    assertThat(origin(origins, "name.givenName").path("source").asText())
        .isEqualTo("administrator");
  }

  private static JsonNode origin(JsonNode origins, String path) {
    for (JsonNode it : origins.path("origins")) {
      if (it.path("path").asText().equals(path)) {
        return it;
      }
    }
    throw new AssertionError(path + " is not in " + origins);
  }

  @Test
  void tellsNothingOfAWriteThatChangedNothing() {
    UUID ada = idp.create(user("ada")).id();
    idp.patch(ada, "{\"op\":\"replace\",\"path\":\"active\",\"value\":true}");

    assertThat(entries(ada)).hasSize(1);
  }

  @Test
  void tellsOfNobodyElse() {
    UUID ada = idp.create(user("ada")).id();
    idp.create(user("grace"));

    assertThat(entries(ada)).hasSize(1);
    assertThat(gateway.admin("GET", "/users/" + UUID.randomUUID() + "/timeline", null).status())
        .isEqualTo(404);
  }

  @Test
  void keepsTheEntriesOfWhoWasErasedWithoutWhatTheySaid() {
    UUID ada = idp.create(user("ada")).id();
    idp.patch(ada, "{\"op\":\"add\",\"path\":\"title\",\"value\":\"Countess\"}");
    idp.delete(ada);
    gateway.admin("POST", "/users/" + ada + "/erase", null);

    List<JsonNode> entries = entries(ada);

    assertThat(entries)
        .extracting(it -> it.path("action").asText())
        .containsExactly("user.erase", "user.delete", "user.modify", "user.create");
    assertThat(entries).noneMatch(it -> it.has("changes"));
    assertThat(entries).noneMatch(it -> it.toString().contains("Countess"));
  }

  @Test
  void pagesThroughALongLife() {
    UUID ada = idp.create(user("ada")).id();
    for (int i = 0; i < 6; i++) {
      idp.patch(ada, "{\"op\":\"add\",\"path\":\"title\",\"value\":\"" + i + "\"}");
    }
    List<Long> walked = new ArrayList<>();
    JsonNode page = timeline(ada, "?count=3");
    page.path("entries").forEach(it -> walked.add(it.path("id").asLong()));
    while (page.has("next")) {
      page = timeline(ada, "?count=3&cursor=" + page.path("next").asText());
      page.path("entries").forEach(it -> walked.add(it.path("id").asLong()));
    }

    assertThat(walked)
        .hasSize(7)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  @Test
  void showsTheAuditLogOfATenant() {
    UUID ada = idp.create(user("ada")).id();
    gateway.connection("entra").create(user("stranger"));

    List<JsonNode> all = audit("");
    assertThat(all)
        .extracting(it -> it.path("action").asText())
        .containsExactly("user.create", "connection.create", "tenant.create");
    assertThat(all.get(0).path("resource").asText()).isEqualTo(ada.toString());
    assertThat(audit("&action=user.create")).hasSize(1);
    assertThat(audit("&connection=" + idp.connection())).hasSize(2);
    assertThat(audit("&action=user.delete")).isEmpty();
    assertThat(gateway.admin("GET", "/audit", null).status()).isEqualTo(400);
  }

  @Test
  void saysInTheLogOfATenantWhatChangedButNotIntoWhat() {
    UUID ada = idp.create(user("ada")).id();
    idp.patch(ada, "{\"op\":\"add\",\"path\":\"title\",\"value\":\"Countess\"}");

    JsonNode changed = audit("&action=user.modify").get(0);

    assertThat(changed.path("changes"))
        .containsExactly(Json.stored("{\"path\":\"title\",\"op\":\"add\"}"));
    assertThat(entries(ada).get(0).at("/changes/0/new").asText()).isEqualTo("Countess");
  }

  @Test
  void pagesThroughTheLogOfATenant() {
    for (int i = 0; i < 5; i++) {
      idp.create(user("u" + i));
    }
    List<Long> walked = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          gateway.admin("GET", "/audit?count=2&tenant=" + idp.tenant() + cursor, null).json();
      page.path("entries").forEach(it -> walked.add(it.path("id").asLong()));
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());

    assertThat(walked)
        .hasSize(7)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  @Test
  void refusesWhatCannotBeMeantAndWhoIsNoAdministrator() {
    String audit = "/audit?tenant=" + idp.tenant();
    assertThat(gateway.admin("GET", audit + "&cursor=x", null).status()).isEqualTo(400);
    assertThat(gateway.admin("GET", audit + "&action=%00", null).status()).isEqualTo(400);
    for (String path : List.of(audit, "/users/" + UUID.randomUUID() + "/timeline")) {
      String url = "/admin/api/v1" + path;
      assertThat(gateway.call("GET", url, idp.token(), null).status()).isEqualTo(401);
      assertThat(gateway.call("GET", url, null, null).status()).isEqualTo(401);
    }
  }

  private List<JsonNode> audit(String parameters) {
    return list(gateway.admin("GET", "/audit?tenant=" + idp.tenant() + parameters, null).json());
  }

  private List<JsonNode> entries(UUID user) {
    return list(timeline(user, ""));
  }

  private JsonNode timeline(UUID user, String parameters) {
    return gateway.admin("GET", "/users/" + user + "/timeline" + parameters, null).json();
  }

  private static List<JsonNode> list(JsonNode page) {
    List<JsonNode> entries = new ArrayList<>();
    page.path("entries").forEach(entries::add);
    return entries;
  }

  @Test
  void tellsThatAnAttributeComesFromAnImport() {
    CsvClient hr = new CsvClient(gateway, idp.tenant());
    hr.bring("userName,title,givenName\nada,T,Ada\n");
    idp.create(user("ada").put("title", "Countess"));

    JsonNode origins = gateway.admin("GET", "/users/" + hr.id("ada") + "/origins", null).json();

    JsonNode name = origin(origins, "name.givenName");
    assertThat(name.path("source").asText()).isEqualTo("import");
    assertThat(name.path("actor").asText()).isEqualTo("admin");
    assertThat(origin(origins, "title").path("source").asText()).isEqualTo("connection");
  }
}
