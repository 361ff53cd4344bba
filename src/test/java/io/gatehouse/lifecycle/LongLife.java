package io.gatehouse.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Somebody with values that nobody else has, and all that can happen between two systems. */
final class LongLife {

  static final String USER_NAME = "zebulon.quillfeather@wexcombe.example";
  private static final String FIRST_USER_NAME = "zeb.before@wexcombe.example";
  private static final String EMAIL = "zq.at.work@quornstead.example";
  private static final String FIRST_EMAIL = "zq.at.first@quornstead.example";
  private static final String TAKEN = "taken@wexcombe.example";
  private static final String GIVEN = "Zebulonius";
  private static final String FAMILY = "Quillfeather-Oxmantown";
  private static final String DISPLAY = "Zeb the Mapmaker";
  private static final String TITLE = "Grand Selenographer";
  private static final String DEPARTMENT = "Lunar Tidewaters";
  private static final String EXTERNAL_ID = "EXT-ZQ-77141";
  private static final String PHONE = "+44 7700 900461";

  /** Stands in the membership and nowhere else. */
  static final String IN_THE_GROUP = "Zeb in the group";

  /** What is stored and announced, and must not be found. */
  static final List<String> VALUES =
      List.of(
          USER_NAME,
          FIRST_USER_NAME,
          EMAIL,
          FIRST_EMAIL,
          GIVEN,
          FAMILY,
          DISPLAY,
          TITLE,
          DEPARTMENT,
          EXTERNAL_ID,
          PHONE);

  private final ScimClient entra;
  private final Gateway gateway;

  LongLife(ScimClient entra) {
    this.entra = entra;
    this.gateway = entra.gateway();
  }

  /** From the first arrival to the last departure. */
  UUID lead() {
    entra.create(ScimClient.user(TAKEN));
    UUID id = arriveTwiceAtOnce();
    change(id);
    beRefused(id);
    breakDown(id);
    join(id);
    comeAndGo(id);
    return id;
  }

  private static ObjectNode zebulon(String userName, String email) {
    ObjectNode user = ScimClient.user(userName);
    user.withArray("schemas").add(Schema.ENTERPRISE_USER);
    user.put("externalId", EXTERNAL_ID).put("displayName", DISPLAY).put("active", "True");
    user.put("favouriteColour", DEPARTMENT).put("title", TITLE);
    user.putObject("name").put("givenName", GIVEN).put("familyName", FAMILY);
    user.putArray("emails")
        .addObject()
        .put("value", email)
        .put("type", "work")
        .put("primary", "True");
    user.putArray("phoneNumbers").addObject().put("value", PHONE).put("type", "mobile");
    user.putObject(Schema.ENTERPRISE_USER).put("department", DEPARTMENT);
    return user;
  }

  private UUID arriveTwiceAtOnce() {
    List<Answer> answers =
        Stream.of(1, 2)
            .map(
                it ->
                    CompletableFuture.supplyAsync(
                        () -> entra.create(zebulon(FIRST_USER_NAME, FIRST_EMAIL))))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();
    assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(201, 409);
    return answers.stream().filter(it -> it.status() == 201).findFirst().orElseThrow().id();
  }

  private void change(UUID id) {
    String email =
        "{\"op\":\"Replace\",\"path\":\"emails[type eq \\\"work\\\"].value\",\"value\":\"%s\"}";
    String same = "{\"op\":\"Add\",\"path\":\"title\",\"value\":\"%s\"}".formatted(TITLE);
    expect(200, entra.patchAll(id, email.formatted(EMAIL)));
    expect(200, entra.patchAll(id, same));
    expect(200, entra.replace(id, zebulon(USER_NAME, EMAIL).put("nickName", GIVEN)));
  }

  private void beRefused(UUID id) {
    String rename = "{\"op\":\"replace\",\"path\":\"userName\",\"value\":\"%s\"}".formatted(TAKEN);
    expect(409, entra.patchAll(id, rename));
    for (String path :
        List.of(
            "emails[value eq \\\"" + EMAIL + "\\\"].nonsense",
            "emails[value eq " + EMAIL + "].value",
            "emails[value eq \\\"" + EMAIL + "\\\"].value " + FAMILY,
            "name." + GIVEN)) {
      String operation = "{\"op\":\"replace\",\"path\":\"%s\",\"value\":\"%s\"}";
      entra.patchAll(id, operation.formatted(path, EMAIL));
    }
    Answer stale = entra.with("If-Match", "W/\"1\"", "PUT", id, zebulon(USER_NAME, EMAIL));
    expect(412, stale);
    expect(409, entra.create(zebulon(USER_NAME, EMAIL)));
    ScimClient okta = gateway.connection(entra.tenant(), "okta");
    expect(409, okta.create(zebulon(USER_NAME, EMAIL).put("active", true)));
  }

  /** The database refuses the row, in words that would name its values. */
  private void breakDown(UUID id) {
    gateway.sql("alter table person add constraint broken check (doc ->> 'title' <> 'Breaks')");
    expect(500, entra.patchAll(id, "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Breaks\"}"));
    gateway.sql("alter table person drop constraint broken");
  }

  private void join(UUID id) {
    ObjectNode member = Json.object().put("value", id.toString()).put("display", IN_THE_GROUP);
    ObjectNode group = ScimClient.group("Mapmakers");
    group.withArray("members").add(member);
    Answer made = entra.call("POST", "/Groups", group);
    expect(201, made);
    String add = "{\"op\":\"Add\",\"path\":\"members\",\"value\":[{\"value\":\"%s\"}]}";
    expect(400, entra.patchGroup(made.id(), add.formatted(USER_NAME)));
    expect(204, entra.patchGroup(made.id(), add.formatted(id)));
  }

  /** What is broken beside a deactivation is judged last, when it is no more refused at once. */
  private void comeAndGo(UUID id) {
    String leave = "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}";
    String broken =
        "{\"op\":\"Replace\",\"path\":\"emails[%s pr].value\",\"value\":\"x\"}".formatted(EMAIL);
    expect(200, entra.patchAll(id, leave, broken));
    Answer refused = entra.patchAll(id, leave, broken);
    expect(400, refused);
    assertThat(refused.json().path("detail").asText()).contains(EMAIL);
    expect(204, entra.delete(id));
    Answer back = entra.create(zebulon(USER_NAME, EMAIL).put("title", TITLE + " again"));
    expect(201, back);
    assertThat(back.id()).isEqualTo(id);
    expect(200, entra.patchAll(id, leave));
  }

  /** The IdP has not heard that there is nobody any more. */
  void haunt(UUID id) {
    String path = "emails[value eq \\\"" + EMAIL + "\\\"].value";
    String operation = "{\"op\":\"Replace\",\"path\":\"%s\",\"value\":\"%s\"}";
    expect(404, entra.patchAll(id, operation.formatted(path, EMAIL)));
    expect(404, entra.replace(id, zebulon(USER_NAME, EMAIL)));
    expect(200, entra.find("userName eq \"" + USER_NAME + "\""));
  }

  private static void expect(int status, Answer answer) {
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
  }
}
