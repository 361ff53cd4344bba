package io.gatehouse.lifecycle;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Crowd;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mass deprovisioning stops at a limit, until an administrator has decided. */
class BrakeTest {

  private static final String LEAVE = "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}";
  private static final String RENAME = "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"CTO\"}";

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("entra");

  @Test
  void letsAsManyLeaveAsTheMinimumSays() {
    limit(3, 0);
    List<UUID> staff = staff(5);

    assertThat(leave(staff)).containsExactly(200, 200, 200, 429, 429);
    assertThat(state()).isEqualTo("tripped");
  }

  @Test
  void letsLeaveAPartOfAllWhoWereActiveWhenTheHourBegan() {
    limit(0, 50);
    List<UUID> staff = staff(6);

    assertThat(leave(staff)).containsExactly(200, 200, 200, 429, 429, 429);
  }

  @Test
  void brakesDeletionsAndPutsAlike() {
    limit(1, 0);
    List<UUID> staff = staff(3);

    assertThat(idp.delete(staff.get(0)).status()).isEqualTo(204);
    assertThat(idp.delete(staff.get(1)).status()).isEqualTo(429);
    assertThat(idp.replace(staff.get(2), user("u2").put("active", false)).status()).isEqualTo(429);
    assertThat(idp.get(staff.get(1)).json().path("active").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"op\":\"replace\",\"value\":{\"active\":false}}",
        "{\"op\":\"Replace\",\"path\":\"ACTIVE\",\"value\":\"False\"}",
        "{\"op\":\"replace\",\"path\":\"urn:ietf:params:scim:schemas:core:2.0:User:active\",\"value\":false}",
        "{\"op\":\"replace\",\"value\":{\"urn:ietf:params:scim:schemas:core:2.0:User\":{\"active\":false}}}",
        "{\"op\":\"replace\",\"path\":\"urn:ietf:params:scim:schemas:core:2.0:User\",\"value\":{\"active\":false}}",
        "{\"op\":\"remove\",\"path\":\"active\"}"
      })
  void brakesEveryWayToWriteIt(String operation) {
    limit(0, 0);
    UUID ada = staff(1).get(0);

    assertThat(idp.patch(ada, operation).status()).isNotEqualTo(204);

    assertThat(idp.get(ada).json().path("active").asBoolean()).isTrue();
  }

  @Test
  void tellsTheIdpToAskLaterInItsOwnForm() {
    limit(0, 0);

    Answer refused = idp.patch(staff(1).get(0), LEAVE);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("600");
    assertThat(refused.json().path("status").asText()).isEqualTo("429");
  }

  @Test
  void stopsNothingElse() {
    limit(0, 0);
    List<UUID> staff = staff(1);
    leave(staff);

    assertThat(idp.patch(staff.get(0), RENAME).status()).isEqualTo(200);
    assertThat(idp.create(user("grace")).status()).isEqualTo(201);
  }

  @Test
  void doesNotStopAnotherConnection() {
    limit(0, 0);
    leave(staff(1));
    ScimClient okta = gateway.connection(idp.tenant(), "okta");
    UUID grace = okta.create(user("grace")).id();

    assertThat(okta.delete(grace).status()).isEqualTo(204);
  }

  @Test
  void countsOnlyTheLastHour() {
    limit(2, 0);
    List<UUID> staff = staff(4);
    leave(staff.subList(0, 2));
    anHourPasses();

    assertThat(leave(staff.subList(2, 4))).containsExactly(200, 200);
  }

  @Test
  void staysTrippedUntilSomebodyDecides() {
    limit(1, 0);
    List<UUID> staff = staff(2);
    leave(staff);
    anHourPasses();

    assertThat(leave(staff.subList(1, 2))).containsExactly(429);
  }

  @Test
  void letsTheRestPassWhenAllowed() {
    limit(1, 0);
    List<UUID> staff = staff(4);
    leave(staff);

    assertThat(decide("allow").json().path("state").asText()).isEqualTo("allowed");
    assertThat(leave(staff.subList(1, 4))).containsExactly(200, 200, 200);
  }

  @Test
  void keepsTheWaveActiveWhenRejected() {
    limit(1, 0);
    List<UUID> staff = staff(4);
    leave(staff);

    JsonNode rejected = decide("reject").json();
    assertThat(rejected.path("state").asText()).isEqualTo("rejected");
    assertThat(rejected.path("refused").asInt()).isEqualTo(3);
    anHourPasses();

    assertThat(leave(staff.subList(1, 4))).containsExactly(429, 429, 429);
    assertThat(idp.find("active eq true").json().path("totalResults").asInt()).isEqualTo(3);
  }

  @Test
  void letsOthersLeaveAfterARejection() {
    limit(1, 0);
    List<UUID> staff = staff(3);
    leave(staff.subList(0, 2));
    decide("reject");
    anHourPasses();

    assertThat(leave(staff.subList(2, 3))).containsExactly(200);
  }

  @Test
  void forgetsADecisionAfterADay() {
    limit(1, 0);
    List<UUID> staff = staff(2);
    leave(staff);
    decide("reject");
    gateway.sql("update brake set until = now() where connection_id = ?::uuid", idp.connection());
    anHourPasses();

    assertThat(state()).isEqualTo("free");
    assertThat(leave(staff.subList(1, 2))).containsExactly(200);
  }

  @Test
  void decidesNothingWhenNoWaveWaits() {
    assertThat(decide("allow").status()).isEqualTo(409);
    assertThat(decide("reject").status()).isEqualTo(409);
  }

  @Test
  void canBeSwitchedOff() {
    ObjectNode off = Json.object();
    off.putObject("settings").put("brake", "off");
    gateway.admin("PATCH", "/connections/" + idp.connection(), off);

    assertThat(leave(staff(25))).containsOnly(200);
  }

  @Test
  void tripsAtAFifthOfAllAndLetsTheRestPassWhenAllowed() {
    List<UUID> staff = Crowd.of(idp, 400);

    assertThat(leaveAtOnce(staff.subList(0, 200)).stream().filter(it -> it == 200)).hasSize(80);
    assertThat(gateway.admin("GET", brake(), null).json().path("refused").asInt()).isEqualTo(120);
    decide("allow");
    assertThat(leaveAtOnce(staff.subList(0, 200))).containsOnly(200);
    assertThat(idp.find("active eq true").json().path("totalResults").asInt()).isEqualTo(200);
  }

  private void limit(int minimum, int percent) {
    ObjectNode change = Json.object();
    change.putObject("settings").putObject("brake").put("minimum", minimum).put("percent", percent);
    assertThat(gateway.admin("PATCH", "/connections/" + idp.connection(), change).status())
        .isEqualTo(200);
  }

  private List<UUID> staff(int count) {
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(it -> idp.create(user("u" + it)).id())
        .toList();
  }

  private List<Integer> leave(List<UUID> staff) {
    return staff.stream().map(it -> idp.patch(it, LEAVE).status()).toList();
  }

  private List<Integer> leaveAtOnce(List<UUID> staff) {
    return staff.parallelStream().map(it -> idp.patch(it, LEAVE).status()).toList();
  }

  private Answer decide(String verdict) {
    return gateway.admin("POST", brake() + "/" + verdict, null);
  }

  private String state() {
    return gateway.admin("GET", brake(), null).json().path("state").asText();
  }

  private String brake() {
    return "/connections/" + idp.connection() + "/brake";
  }

  private void anHourPasses() {
    gateway.sql(
        """
        update person set deactivated_at = deactivated_at - interval '61 minutes'
         where connection_id = ?::uuid
        """,
        idp.connection());
  }
}
