package io.gatehouse.admin.api;

import static io.gatehouse.support.ScimClient.user;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users with a running deadline, and their way back. */
class LeaversApiTest {

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");

  @Test
  void showsThoseWhoLeftByTheirDeadlines() {
    List<UUID> left = leavers(5);
    idp.create(user("stays"));
    gateway.connection("standard").delete(idp.create(user("elsewhere")).id());
    gateway.admin("PUT", "/users/" + left.get(1) + "/hold", null);
    // The third is the next to be erased.
    gateway.sql(
        "update person set purge_after = purge_after - interval '10 days' where id = ?",
        left.get(2));

    List<UUID> expected = new ArrayList<>(left);
    expected.remove(2);
    expected.add(0, left.get(2));
    assertThat(walk("&count=2")).containsExactlyElementsOf(expected);
    JsonNode all = find("").json();
    assertThat(all.at("/users/0/daysLeft").asInt()).isEqualTo(79);
    assertThat(all.at("/users/1/daysLeft").asInt()).isEqualTo(89);
    assertThat(all.at("/users/2").has("heldAt")).isTrue();
    assertThat(all.at("/users/1/connection").asText()).isEqualTo(idp.connection());
  }

  @Test
  void restoresThoseWhoAreNamedAndSaysWhoIsNotAndWhy() {
    List<UUID> left = leavers(3);
    UUID unknown = UUID.randomUUID();
    UUID stranger = gateway.connection("standard").create(user("stranger")).id();
    // The userName of the third was given to a new user.
    idp.create(user("u2").put("externalId", "E-new"));
    ObjectNode wanted = Json.object();
    ArrayNode users = wanted.putArray("users");
    List.of(left.get(0), left.get(2), unknown, stranger).forEach(it -> users.add(it.toString()));

    JsonNode done = restore(wanted).json();

    assertThat(done.path("more").asBoolean()).isFalse();
    assertThat(state(left.get(0))).isEqualTo("active");
    assertThat(state(left.get(1))).isEqualTo("deactivated");
    assertThat(done.path("refused"))
        .extracting(it -> it.path("user").asText())
        .contains(unknown.toString(), stranger.toString());
    assertThat(done.at("/refused/0/reason").asText()).isNotBlank();
    assertThat(done.path("restored").asInt() + done.path("refused").size()).isEqualTo(4);
  }

  @Test
  void restoresAWave() {
    List<UUID> left = leavers(30);
    UUID earlier = left.get(0);
    gateway.sql(
        "update person set deactivated_at = deactivated_at - interval '3 days' where id = ?",
        earlier);
    JsonNode waves = gateway.admin("GET", "/leavers/waves?tenant=" + idp.tenant(), null).json();
    // The hour may have ended while they left.
    long latest = waves.path("waves").size() - 1L;
    assertThat(latest).isBetween(1L, 2L);
    assertThat(waves.at("/waves/" + latest + "/users").asInt()).isEqualTo(1);

    for (int i = 0; i < latest; i++) {
      JsonNode wave = waves.at("/waves/" + i);
      ObjectNode wanted = Json.object().put("connection", wave.path("connection").asText());
      wanted.put("from", wave.path("from").asText()).put("until", wave.path("until").asText());
      JsonNode done = restore(wanted).json();
      assertThat(done.path("restored").asInt()).isEqualTo(wave.path("users").asInt());
      assertThat(done.path("refused")).isEmpty();
    }

    assertThat(walk("")).containsExactly(earlier);
    assertThat(
            gateway
                .admin("GET", "/users/" + left.get(7) + "/timeline", null)
                .json()
                .at("/entries/0/action")
                .asText())
        .isEqualTo("user.restore");
  }

  @Test
  void refusesARestorationThatCannotBeMeant() {
    assertThat(restore(Json.object()).status()).isEqualTo(400);
    assertThat(restore(Json.object().put("connection", idp.connection())).status()).isEqualTo(400);
    ObjectNode many = Json.object();
    ArrayNode users = many.putArray("users");
    IntStream.range(0, 1001).forEach(it -> users.add(UUID.randomUUID().toString()));
    Answer refused = restore(many);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("detail").asText()).contains("at most 1,000");
    String other = gateway.connection("standard").connection();
    ObjectNode wave = Json.object().put("connection", other);
    wave.put("from", "2026-01-01T00:00:00Z").put("until", "2036-01-01T00:00:00Z");
    assertThat(restore(wave).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"&cursor=x", "&cursor=0197f3a0-0000-7000-8000-000000000000.YQ", "&count=many"})
  void refusesACursorOfAnotherList(String parameter) {
    assertThat(find(parameter).status()).isEqualTo(400);
  }

  private List<UUID> leavers(int count) {
    List<UUID> left =
        IntStream.range(0, count).mapToObj(it -> idp.create(user("u" + it)).id()).toList();
    gateway.admin(
        "PATCH",
        "/connections/" + idp.connection(),
        Json.stored("{\"settings\":{\"brake\":\"off\"}}"));
    left.forEach(idp::delete);
    return left;
  }

  private Answer restore(JsonNode wanted) {
    return gateway.admin("POST", "/tenants/" + idp.tenant() + "/restorations", wanted);
  }

  private String state(UUID id) {
    return gateway.admin("GET", "/users/" + id, null).json().path("state").asText();
  }

  private List<UUID> walk(String parameters) {
    List<UUID> walked = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = find(parameters + cursor).json();
      page.path("users").forEach(it -> walked.add(UUID.fromString(it.path("id").asText())));
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    return walked;
  }

  private Answer find(String parameters) {
    return gateway.admin("GET", "/leavers?tenant=" + idp.tenant() + parameters, null);
  }

  @Test
  void goesOnBehindUsersOfAPeriodWhoAreRefused() {
    UUID last = leavers(1).get(0);
    idp.create(user("taken"));
    gateway.sql(
        """
        insert into person (tenant_id, id, connection_id, user_name, user_name_key, active, deactivated_at, purge_after,
                            deleted_at, doc, search, version, created_at, modified_at)
        select t.id, gen_random_uuid(), ?, 'taken', 'taken', false, now() - interval '1 hour', now() + interval '9 days',
               now(), jsonb_build_object('userName', 'taken', 'active', false), '{}', 1, now(), now()
          from tenant t, generate_series(1, 1000) n
         where t.slug = ?
        """,
        UUID.fromString(idp.connection()),
        idp.tenant());
    ObjectNode wanted = Json.object().put("connection", idp.connection());
    wanted.put("from", "2026-01-01T00:00:00Z").put("until", "2036-01-01T00:00:00Z");

    JsonNode first = restore(wanted).json();
    assertThat(first.path("refused")).hasSize(1_000);
    assertThat(first.path("more").asBoolean()).isTrue();
    JsonNode second = restore(wanted.put("cursor", first.path("next").asText())).json();

    assertThat(second.path("restored").asInt()).isEqualTo(1);
    assertThat(second.path("refused")).isEmpty();
    assertThat(second.has("next")).isFalse();
    assertThat(state(last)).isEqualTo("active");
  }

  @Test
  void recordsFromWhereEachOfManyWasRestored() {
    List<UUID> left = leavers(3);
    ObjectNode wanted = Json.object();
    left.forEach(it -> wanted.withArray("users").add(it.toString()));
    restore(wanted);

    JsonNode entries =
        gateway
            .admin("GET", "/audit?action=user.restore&tenant=" + idp.tenant(), null)
            .json()
            .path("entries");
    assertThat(entries).hasSize(3);
    assertThat(entries)
        .allMatch(it -> it.path("address").asText().equals("127.0.0.1"))
        .allMatch(it -> it.path("credential").asText().equals("admin token"));
  }

  @Test
  void refusesATimeThatNoUserCanHave() {
    String late = "+999999999-12-31T23:59:59Z";
    String key = Base64.getUrlEncoder().withoutPadding().encodeToString(late.getBytes(UTF_8));
    assertThat(find("&cursor=" + UUID.randomUUID() + "." + key).status()).isEqualTo(400);
    Answer due =
        gateway.admin(
            "GET",
            "/tenants/" + idp.tenant() + "/erasures?until=" + late.replace("+", "%2B"),
            null);
    assertThat(due.status()).isEqualTo(400);
    assertThat(due.json().path("detail").asText()).contains("'until'");
    ObjectNode wave = Json.object().put("connection", idp.connection());
    wave.put("from", "-999999999-01-01T00:00:00Z").put("until", late);
    assertThat(restore(wave).status()).isEqualTo(400);
    wave.put("from", "2026-01-01T00:00:00Z").put("until", "2027-01-01T00:00:00Z");
    for (String cursor : List.of("x", UUID.randomUUID() + ".MjAyNS0wMS0wMVQwMDowMDowMFo")) {
      assertThat(restore(wave.put("cursor", cursor)).status()).as(cursor).isEqualTo(400);
    }
  }
}
