package io.gatehouse.directory;

import static io.gatehouse.conformance.Scim.createGroup;
import static io.gatehouse.conformance.Scim.find;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.patch;
import static io.gatehouse.conformance.Scim.patchOf;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.send;
import static io.gatehouse.conformance.Scim.total;
import static io.gatehouse.conformance.Scim.values;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Writes that arrive at the same time and concern the same thing. */
class ParallelWritesTest {

  private static final int TEN = 10;
  private static final int TWENTY = 20;

  private final ScimClient idp = Gateway.shared().connection("standard");

  @Test
  void createsAUserNameOnceHoweverManyAskForItInWhateverCase() throws Exception {
    List<Answer> answers =
        atOnce(TEN, i -> idp.create(user(i % 2 == 0 ? "ada@example.com" : "ADA@example.com")));

    assertThat(statuses(answers, 201)).hasSize(1);
    assertThat(statuses(answers, 409)).hasSize(TEN - 1);
    for (Answer refused : statuses(answers, 409)) {
      scimError(refused, 409, "uniqueness");
    }
    assertThat(total(get(idp, "/Users"))).isEqualTo(1);
  }

  @Test
  void decidesEveryRaceOfTwoForAUserName() throws Exception {
    for (int round = 0; round < 40; round++) {
      String name = "ada" + round + "@example.com";
      List<Answer> answers =
          atOnce(2, i -> idp.create(user(i == 0 ? name : name.toUpperCase(Locale.ROOT))));
      assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(201, 409);
    }
  }

  @Test
  void createsAGroupNameOnce() throws Exception {
    List<Answer> answers = atOnce(TEN, i -> createGroup(idp, i % 2 == 0 ? "Admins" : "ADMINS"));

    assertThat(statuses(answers, 201)).hasSize(1);
    assertThat(statuses(answers, 409)).hasSize(TEN - 1);
    assertThat(total(get(idp, "/Groups"))).isEqualTo(1);
  }

  @Test
  void givesAUserNameToOneOfManyWhoWantToBeRenamed() throws Exception {
    List<UUID> people = people();

    List<Answer> answers =
        atOnce(
            TEN,
            i ->
                patch(
                    idp,
                    "/Users/" + people.get(i),
                    "{'op':'replace','path':'userName','value':'ada@example.com'}"));

    assertThat(statuses(answers, 200)).hasSize(1);
    assertThat(statuses(answers, 409)).hasSize(TEN - 1);
    assertThat(total(find(idp, "/Users", "userName eq \"ada@example.com\""))).isEqualTo(1);
  }

  @Test
  void addsEveryMember() throws Exception {
    List<UUID> people = people();
    String admins = "/Groups/" + createGroup(idp, "Admins").id();

    List<Answer> answers = atOnce(TEN, i -> patch(idp, admins, member("add", people.get(i))));

    assertThat(answers).extracting(Answer::status).containsOnly(200);
    assertThat(values(get(idp, admins).json().path("members")))
        .containsExactlyInAnyOrderElementsOf(people.stream().map(UUID::toString).toList());
    assertThat(get(idp, admins).header("ETag")).isEqualTo("W/\"11\"");
  }

  @Test
  void addsAndRemovesMembersWithoutMixingThemUp() throws Exception {
    List<UUID> people = people();
    UUID[] leaving = people.subList(0, TEN / 2).toArray(UUID[]::new);
    String admins = "/Groups/" + createGroup(idp, "Admins", leaving).id();

    List<Answer> answers =
        atOnce(
            TEN,
            i -> patch(idp, admins, member(i < leaving.length ? "remove" : "add", people.get(i))));

    assertThat(answers).extracting(Answer::status).containsOnly(200);
    assertThat(values(get(idp, admins).json().path("members")))
        .containsExactlyInAnyOrderElementsOf(
            people.subList(TEN / 2, TEN).stream().map(UUID::toString).toList());
  }

  @Test
  void keepsEveryAttributeOfOneUser() throws Exception {
    List<String> attributes =
        List.of(
            "title",
            "nickName",
            "displayName",
            "userType",
            "locale",
            "timezone",
            "preferredLanguage",
            "externalId",
            "name.middleName",
            "name.honorificPrefix");
    String ada = "/Users/" + idp.create(user("ada@example.com")).id();

    List<Answer> answers =
        atOnce(
            TEN,
            i -> {
              String path = attributes.get(i);
              return patch(idp, ada, "{'op':'add','path':'" + path + "','value':'v" + i + "'}");
            });

    assertThat(answers).extracting(Answer::status).containsOnly(200);
    Answer after = get(idp, ada);
    for (int i = 0; i < TEN; i++) {
      assertThat(after.json().at("/" + attributes.get(i).replace('.', '/')).asText())
          .isEqualTo("v" + i);
    }
    assertThat(after.header("ETag")).isEqualTo("W/\"11\"");
  }

  @Test
  void letsOneOfManyWritesOverTheSameVersionSucceed() throws Exception {
    String ada = "/Users/" + idp.create(user("ada@example.com")).id();

    List<Answer> answers =
        atOnce(
            TWENTY,
            i -> {
              String title = "{'op':'replace','path':'title','value':'" + i + "'}";
              String body = Json.text(i % 2 == 0 ? patchOf(title) : titled(i));
              return send(idp, i % 2 == 0 ? "PATCH" : "PUT", ada, body, "If-Match", "W/\"1\"");
            });

    assertThat(statuses(answers, 200)).hasSize(1);
    assertThat(statuses(answers, 412)).hasSize(TWENTY - 1);
    assertThat(get(idp, ada).json()).isEqualTo(statuses(answers, 200).get(0).json());
    assertThat(get(idp, ada).header("ETag")).isEqualTo("W/\"2\"");
  }

  @Test
  void bringsNobodyBackByAPatchThatMeetsADelete() throws Exception {
    for (UUID id : people()) {
      String path = "/Users/" + id;
      List<Answer> answers =
          atOnce(
              2,
              i ->
                  i == 0
                      ? idp.delete(id)
                      : patch(idp, path, "{'op':'add','path':'title','value':'x'}"));

      assertThat(answers.get(0).status()).isEqualTo(204);
      assertThat(answers.get(1).status()).isIn(200, 404);
      scimError(get(idp, path), 404);
    }
    assertThat(total(get(idp, "/Users"))).isZero();
  }

  @Test
  void keepsNobodyWhoIsDeletedWhileJoining() throws Exception {
    for (UUID id : people()) {
      String group = "/Groups/" + createGroup(idp, "Group of " + id).id();
      List<Answer> answers =
          atOnce(2, i -> i == 0 ? idp.delete(id) : patch(idp, group, member("add", id)));

      assertThat(answers.get(0).status()).isEqualTo(204);
      assertThat(answers.get(1).status()).isIn(200, 400);
      assertThat(get(idp, group).json().get("members")).isEqualTo(Json.array());
    }
  }

  private List<UUID> people() {
    List<UUID> people = new ArrayList<>();
    for (int i = 0; i < TEN; i++) {
      people.add(idp.create(user("user" + i + "@example.com")).id());
    }
    return people;
  }

  private static ObjectNode titled(int i) {
    return user("ada@example.com").put("title", String.valueOf(i));
  }

  private static String member(String op, UUID id) {
    return "{'op':'" + op + "','path':'members','value':[{'value':'" + id + "'}]}";
  }

  private static List<Answer> statuses(List<Answer> answers, int status) {
    return answers.stream().filter(it -> it.status() == status).toList();
  }

  /** The answers to {@code calls} calls that were made at the same time, in the order of these. */
  private static List<Answer> atOnce(int calls, IntFunction<Answer> call) throws Exception {
    CyclicBarrier start = new CyclicBarrier(calls);
    var threads = Executors.newFixedThreadPool(calls);
    try {
      List<Callable<Answer>> all = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        int number = i;
        all.add(
            () -> {
              start.await();
              return call.apply(number);
            });
      }
      List<Answer> answers = new ArrayList<>();
      for (var answer : threads.invokeAll(all)) {
        answers.add(answer.get());
      }
      return answers;
    } finally {
      threads.shutdown();
    }
  }
}
