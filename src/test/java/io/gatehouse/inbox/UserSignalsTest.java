package io.gatehouse.inbox;

import static io.gatehouse.inbox.FakeIdp.NOON;
import static io.gatehouse.inbox.FakeIdp.signal;
import static io.gatehouse.inbox.FakeIdp.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.gatehouse.command.Command;
import io.gatehouse.command.Leeway;
import io.gatehouse.directory.Person;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.ResourceType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Leavers leave at once, everybody else is as the IdP says now, and nothing old undoes what is new.
 */
class UserSignalsTest {

  private static final Instant BEFORE = NOON.minusSeconds(60);
  private static final Instant LATER = NOON.plusSeconds(60);
  private static final PatchOperation INACTIVE = active(false);
  private static final PatchOperation ACTIVE = active(true);

  private final FakeIdp idp = new FakeIdp();
  private final FakeIdentities known = new FakeIdentities();
  private final UserSignals users = new UserSignals(known, FakeTenant.userCreation());

  @Test
  void deactivatesWithoutAQuestionToTheIdp() {
    Person ada = known.person("ada", true, BEFORE);

    assertThat(users.deactivated(task(signal(Kind.USER_DEACTIVATED, "ada", null)), idp))
        .containsExactly(
            new PlannedCommand(
                new Command.Modify(
                    ResourceType.USER, ada.id(), List.of(INACTIVE), Leeway.NONE, null),
                NOON));
    assertThat(idp.calls).isEmpty();
  }

  @Test
  void deletesWithoutAQuestionToTheIdp() {
    Person ada = known.person("ada", false, null);

    assertThat(users.deleted(task(signal(Kind.USER_DELETED, "ada", null)), idp))
        .containsExactly(
            new PlannedCommand(new Command.Delete(ResourceType.USER, ada.id(), null), NOON));
    assertThat(idp.calls).isEmpty();
  }

  @Test
  void letsNobodyLeaveWhoIsNotKnownOrHasBeenDeleted() {
    known.deleted("grace", BEFORE);

    for (String user : List.of("nobody", "grace")) {
      assertThat(users.deactivated(task(signal(Kind.USER_DEACTIVATED, user, null)), idp)).isEmpty();
      assertThat(users.deleted(task(signal(Kind.USER_DELETED, user, null)), idp)).isEmpty();
    }
  }

  /** The user may have come back since: the IdP knows. */
  @Test
  void fetchesALeaverOfWhomSomethingNewerIsKnown() {
    known.person("ada", true, LATER);
    idp.user("ada", true, true, LATER);
    var task = task(signal(Kind.USER_DEACTIVATED, "ada", null));

    assertThat(users.deactivated(task, idp)).isEmpty();
    assertThat(idp.calls).containsExactly("user ada");
    assertThat(users.deactivated(task, null)).as("nobody can be asked").isEmpty();

    idp.user("ada", false, true, LATER.plusSeconds(1));
    assertThat(operations(users.deactivated(task, idp))).containsExactly(INACTIVE);
  }

  /** Which of two events in one millisecond was the later, the IdP knows. */
  @Test
  void fetchesALeaverOfWhomAChangeAtTheSameTimeIsKnown() {
    known.person("ada", true, NOON);
    idp.user("ada", true, true, NOON);
    var task = task(signal(Kind.USER_DEACTIVATED, "ada", null));

    assertThat(users.deactivated(task, idp)).isEmpty();
    assertThat(idp.calls).containsExactly("user ada");
    assertThat(operations(users.deactivated(task, null))).containsExactly(INACTIVE);
  }

  @Test
  void deletesAUserWhomTheIdpDoesNotKnowAnyMore() {
    Person ada = known.person("ada", true, LATER);
    known.deleted("grace", BEFORE);

    assertThat(changed("ada"))
        .as("whenever that was")
        .containsExactly(
            new PlannedCommand(new Command.Delete(ResourceType.USER, ada.id(), null), null));
    assertThat(changed("grace")).isEmpty();
    assertThat(changed("nobody")).isEmpty();
  }

  @Test
  void doesNothingWhenNobodyCanBeAsked() {
    known.person("ada", true, BEFORE);

    assertThat(users.changed(task(signal(Kind.USER_CHANGED, "ada", null)), null)).isEmpty();
  }

  @Test
  void changesOnlyWhatIsDifferentAndOnlyOfThatVersion() {
    Person ada = known.person("ada", true, BEFORE);
    idp.user("ada", true, true).resource().put("title", "Countess");

    assertThat(changed("ada"))
        .containsExactly(
            new PlannedCommand(
                new Command.Modify(
                    ResourceType.USER,
                    ada.id(),
                    List.of(
                        new PatchOperation(
                            PatchOperation.Kind.REPLACE, "title", TextNode.valueOf("Countess"))),
                    Leeway.NONE,
                    "W/\"4\""),
                NOON));
  }

  /** So that what happened before, and is heard later, is known to be old. */
  @Test
  void remembersThatAUserWasAsNowAtALaterTime() {
    known.person("ada", true, BEFORE);
    idp.user("ada", true, true);

    assertThat(operations(changed("ada"))).containsExactly(ACTIVE);

    known.person("ada", true, NOON);
    assertThat(changed("ada")).isEmpty();

    idp.user("ada", true, true, null);
    assertThat(changed("ada")).isEmpty();
  }

  @Test
  void createsAUserWhoIsActiveAndAssigned() {
    idp.user("ada", true, true).resource().put("title", "Countess");

    List<PlannedCommand> planned = changed("ada");

    assertThat(planned).hasSize(1);
    assertThat(planned.get(0).time()).isEqualTo(NOON);
    Command.Create create = (Command.Create) planned.get(0).command();
    assertThat(create.resource().path("userName").asText()).isEqualTo("ada@example.com");
    assertThat(create.resource().path("title").asText()).isEqualTo("Countess");
    assertThat(create.resource().path("active").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"false,true", "true,false", "false,false"})
  void createsNobodyElse(boolean active, boolean assigned) {
    idp.user("ada", active, assigned);

    assertThat(changed("ada")).isEmpty();
  }

  /** An activation says so where no application or group is named, of those who were here. */
  @Test
  void bringsBackALeaverUnderTheOldExternalId() {
    known.deleted("ada", BEFORE);
    idp.user("ada", true, false);
    Signal activated = signal(Kind.USER_ACTIVATED, "ada", null);

    assertThat(users.changed(task(activated), idp)).as("not assigned to what is named").isEmpty();
    assertThat(users.changed(task(signal(Kind.USER_CHANGED, "ada", null), Json.object()), idp))
        .isEmpty();

    List<PlannedCommand> planned = users.changed(task(activated, Json.object()), idp);
    assertThat(planned).hasSize(1);
    Command.Create create = (Command.Create) planned.get(0).command();
    assertThat(create.resource().path("externalId").asText()).isEqualTo("ext-ada");
  }

  @Test
  void activatesNobodyWhomTheConnectionIsNotFor() {
    known.person("ada", false, BEFORE);
    idp.user("ada", true, false).resource().put("title", "Countess");

    assertThat(operations(changed("ada")))
        .containsExactly(
            new PatchOperation(PatchOperation.Kind.REPLACE, "title", TextNode.valueOf("Countess")));
  }

  @Test
  void activatesAUserWhoIsAssignedAgain() {
    known.person("ada", false, BEFORE);
    idp.user("ada", true, true);

    assertThat(operations(changed("ada"))).containsExactly(ACTIVE);
  }

  /** Still active at the IdP, but not meant to be here. */
  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"USER_UNASSIGNED", "MEMBER_REMOVED"})
  void deactivatesAUserWhoHasLostTheApplicationOrGroup(Kind kind) {
    known.person("ada", true, BEFORE);
    idp.user("ada", true, false);

    assertThat(operations(users.changed(task(signal(kind, "ada", "app1")), idp)))
        .containsExactly(INACTIVE);
  }

  /** Not every change of a user who is not assigned is one of the assignment. */
  @Test
  void keepsAUserActiveWhoWasOnlyChanged() {
    known.person("ada", true, NOON);
    idp.user("ada", true, false);

    assertThat(changed("ada")).isEmpty();
  }

  @Test
  void takesTheWordOfASenderThatSaysAllAndFetchesNothing() {
    known.person("ada", true, BEFORE);

    assertThat(operations(users.changed(task(told("Countess", NOON)), null)))
        .containsExactly(
            new PatchOperation(PatchOperation.Kind.REPLACE, "title", TextNode.valueOf("Countess")));
    assertThat(idp.calls).isEmpty();
  }

  /** What it says was true then, and something newer is known. */
  @Test
  void leavesOutWhatASenderSaysTooLate() {
    known.person("ada", true, LATER);

    assertThat(users.changed(task(told("Countess", NOON)), idp)).isEmpty();
    assertThat(idp.calls).isEmpty();
  }

  private List<PlannedCommand> changed(String id) {
    return users.changed(task(signal(Kind.USER_CHANGED, id, null)), idp);
  }

  private static Signal told(String title, Instant at) {
    ObjectNode resource = Json.object().put("userName", "ada@example.com").put("title", title);
    return new Signal(
        Kind.USER_CHANGED,
        new Signal.EventRef("e1", at),
        new Signal.About("ada", null, null),
        resource.put("active", true));
  }

  private static List<PatchOperation> operations(List<PlannedCommand> planned) {
    assertThat(planned).hasSize(1);
    return ((Command.Modify) planned.get(0).command()).operations();
  }

  private static PatchOperation active(boolean active) {
    return new PatchOperation(PatchOperation.Kind.REPLACE, "active", BooleanNode.valueOf(active));
  }
}
