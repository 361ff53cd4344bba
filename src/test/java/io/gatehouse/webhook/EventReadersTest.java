package io.gatehouse.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.inbox.Signal;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.scim.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the events of each provider mean. */
class EventReadersTest {

  @ParameterizedTest
  @CsvSource({
    "user.lifecycle.create, USER_CHANGED",
    "user.lifecycle.activate, USER_ACTIVATED",
    "user.lifecycle.reactivate, USER_CHANGED",
    "user.lifecycle.unsuspend, USER_ACTIVATED",
    "user.account.update_profile, USER_CHANGED",
    "user.account.update_primary_email, USER_CHANGED",
    "user.account.lock, USER_CHANGED",
    "user.lifecycle.deactivate, USER_DEACTIVATED",
    "user.lifecycle.suspend, USER_DEACTIVATED",
    "user.lifecycle.delete.initiated, USER_DELETED",
    "user.lifecycle.delete.completed, USER_DELETED",
    "application.user_membership.add, USER_ASSIGNED",
    "application.user_membership.remove, USER_UNASSIGNED",
    "group.lifecycle.create, GROUP_CHANGED",
    "group.profile.update, GROUP_CHANGED",
    "group.lifecycle.delete, GROUP_DELETED",
    "group.user_membership.add, MEMBER_ADDED",
    "group.user_membership.remove, MEMBER_REMOVED"
  })
  void knowsTheTypesOfOkta(String type, Kind kind) {
    assertThat(OktaEvents.read(okta(type))).extracting(Signal::kind).containsExactly(kind);
  }

  @Test
  void findsTheTargetsOfOktaByTheirTypes() {
    Signal joined = OktaEvents.read(okta("group.user_membership.add")).get(0);
    Signal assigned = OktaEvents.read(okta("application.user_membership.add")).get(0);
    Signal group = OktaEvents.read(okta("group.profile.update")).get(0);

    assertThat(joined.about()).isEqualTo(new Signal.About("u", "ada@example.com", "g"));
    assertThat(assigned.about()).isEqualTo(new Signal.About("u", "ada@example.com", "a"));
    assertThat(group.about()).isEqualTo(new Signal.About("g", null, null));
    assertThat(joined.subject()).isEqualTo(group.subject()).isNotEqualTo(assigned.subject());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"eventType\":\"user.lifecycle.create\"}",
        "{\"eventType\":\"user.lifecycle.create\",\"outcome\":{\"result\":\"SUCCESS\"},\"target\":null}",
        "{\"eventType\":\"user.lifecycle.create\",\"outcome\":{\"result\":\"SKIPPED\"},"
            + "\"target\":[{\"type\":\"User\",\"id\":\"u\"}]}",
        "{\"eventType\":\"group.user_membership.add\",\"outcome\":{\"result\":\"SUCCESS\"},"
            + "\"target\":[{\"type\":\"User\",\"id\":\"u\"}]}",
        "7"
      })
  void seesNothingInAnEventOfOktaThatLacksWhatItNeeds(String event) throws IOException {
    assertThat(OktaEvents.read(Json.MAPPER.readTree(event))).isEmpty();
  }

  private static ObjectNode okta(String type) {
    return Json.stored(
        """
        {"eventType":"%s","uuid":"e1","published":"2026-11-03T09:20:11.007Z",
         "outcome":{"result":"SUCCESS"},
         "target":[{"type":"AppUser","id":"x"},{"type":"UserGroup","id":"g"},
                   {"type":"AppInstance","id":"a"},
                   {"type":"User","id":"u","alternateId":"ada@example.com"}]}"""
            .formatted(type));
  }

  @ParameterizedTest
  @CsvSource({
    "13, USER_CHANGED",
    "14, USER_CHANGED",
    "16, USER_ACTIVATED",
    "32, USER_ACTIVATED",
    "529, USER_CHANGED",
    "531, USER_CHANGED",
    "533, USER_CHANGED",
    "15, USER_DEACTIVATED",
    "21, USER_DEACTIVATED",
    "551, USER_DEACTIVATED",
    "17, USER_DELETED",
    "530, USER_DELETED",
    "147, MEMBER_ADDED",
    "149, MEMBER_ADDED",
    "513, MEMBER_ADDED",
    "148, MEMBER_REMOVED",
    "150, MEMBER_REMOVED",
    "514, MEMBER_REMOVED",
    "206, USER_ASSIGNED",
    "207, USER_UNASSIGNED"
  })
  void knowsTheTypesOfOneLogin(int type, Kind kind) {
    assertThat(OneLoginEvents.read(oneLogin(type))).extracting(Signal::kind).containsExactly(kind);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 6, 7, 8, 10, 11, 51, 55, 61, 65, 79, 115, 116, 401})
  void knowsTheNoiseOfOneLogin(int type) {
    assertThat(OneLoginEvents.read(oneLogin(type))).isEmpty();
  }

  @Test
  void readsTheEventsApiOfOneLoginToo() {
    ObjectNode event =
        Json.stored(
            """
            {"id":4711,"created_at":"2026-11-03T09:13:06.123Z","account_id":1,
             "event_type_id":14,"user_id":7}""");

    assertThat(OneLoginEvents.read(event))
        .singleElement()
        .satisfies(it -> assertThat(it.source().eventId()).isEqualTo("1:4711"))
        .satisfies(
            it -> assertThat(it.source().occurredAt()).isEqualTo("2026-11-03T09:13:06.123Z"));
  }

  private static ObjectNode oneLogin(int type) {
    return Json.stored(
            """
            {"uuid":"e1","account_id":1,"user_id":7,"role_id":8,"app_id":9,
             "event_timestamp":"2026-11-03 09:13:06 UTC"}""")
        .put("event_type_id", type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"2026-11-03T09:13:06Z\"",
        "\"2026-11-03T09:13:06.000Z\"",
        "\"2026-11-03 09:13:06 UTC\"",
        "\"2026-11-03 14:43:06+0530\"",
        "\"2026-11-03T04:13:06-05:00\"",
        "1793697186",
        "1793697186000"
      })
  void readsTimesAsTheyAreWritten(String time) throws IOException {
    assertThat(EventTimes.read(Json.MAPPER.readTree(time)))
        .isEqualTo(Instant.parse("2026-11-03T09:13:06Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "\"yesterday\"", "-1", "9223372036854775807", "{}"})
  void knowsNoTimeThatIsNone(String time) throws IOException {
    assertThat(EventTimes.read(Json.MAPPER.readTree(time))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "{}",
        "[null]",
        "{\"kind\":\"feed-broken\",\"id\":\"7\"}",
        "{\"kind\":\"USER_CHANGED\",\"id\":\"7\"}",
        "{\"kind\":\"user-changed\"}",
        "{\"kind\":\"user-changed\",\"id\":\" \"}",
        "{\"kind\":\"member-added\",\"id\":\"7\"}"
      })
  void refusesWhatAMappingMustNotMake(String mapped) throws IOException {
    JsonNode made = Json.MAPPER.readTree(mapped);

    assertThatThrownBy(() -> MappedSignal.all(made)).isInstanceOf(RefusedWebhookException.class);
  }

  @Test
  void takesNothingOneOrSeveralFromAMapping() throws IOException {
    String one = "{\"kind\":\"user-changed\",\"id\":7}";

    assertThat(MappedSignal.all(Json.MAPPER.readTree("null"))).isEmpty();
    assertThat(MappedSignal.all(Json.MAPPER.readTree(one))).hasSize(1);
    List<Signal> two = MappedSignal.all(Json.MAPPER.readTree("[" + one + "," + one + "]"));
    assertThat(two).extracting(it -> it.about().id()).containsExactly("7", "7");
  }
}
