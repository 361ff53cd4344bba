package io.gatehouse.inbox;

import static io.gatehouse.inbox.FakeIdp.settings;
import static io.gatehouse.inbox.FakeIdp.signal;
import static io.gatehouse.inbox.FakeIdp.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Command;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.ResourceType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which signals concern a connection, and who must not wait for the IdP. */
class SignalTranslatorTest {

  private static final ObjectNode APPLICATION = settings("app1", null);
  private static final ObjectNode GROUP = settings(null, "g1");

  private final FakeIdp idp = new FakeIdp();
  private final FakeIdentities known = new FakeIdentities();
  private final SignalTranslator translator = translator(Optional.of(idp));
  private final SignalTranslator offline = translator(Optional.empty());

  @Test
  void createsWhoIsAssignedToTheApplicationOfTheConnection() {
    idp.user("ada", true, true);

    assertThat(orders(Kind.USER_ASSIGNED, "app1", APPLICATION)).containsExactly("create USER");
    assertThat(orders(Kind.USER_ASSIGNED, "app2", APPLICATION)).isEmpty();
    assertThat(orders(Kind.USER_ASSIGNED, "app1", GROUP)).as("none is named").isEmpty();
  }

  @Test
  void deactivatesWhoIsUnassignedAndAsksNobody() {
    known.person("ada", true, null);

    assertThat(orders(Kind.USER_UNASSIGNED, "app1", APPLICATION))
        .containsExactly("modify USER active");
    assertThat(orders(Kind.USER_UNASSIGNED, "app2", APPLICATION)).isEmpty();
    assertThat(idp.calls).isEmpty();
  }

  /** The user may still be in the other of the two. */
  @Test
  void asksTheIdpAboutWhoHasLostOneOfTwo() {
    ObjectNode both = settings("app1", "g1");
    known.person("ada", true, FakeIdp.NOON);
    idp.user("ada", true, true);

    assertThat(orders(Kind.USER_UNASSIGNED, "app1", both)).isEmpty();
    assertThat(idp.calls).containsExactly("user ada");

    idp.user("ada", true, false);
    assertThat(orders(Kind.USER_UNASSIGNED, "app1", both)).containsExactly("modify USER active");
    assertThat(commands(offline, Kind.USER_UNASSIGNED, "app1", both))
        .as("nobody can be asked")
        .containsExactly("modify USER active");
  }

  @Test
  void movesTheMemberAndTheUserWhenTheGroupIsThatOfTheConnection() {
    known.group("g1", "Engines");
    idp.user("ada", true, true);
    idp.group("g1", "Engines", Set.of("ada"));

    assertThat(orders(Kind.MEMBER_ADDED, "g1", GROUP)).containsExactly("create USER");

    known.person("ada", true, null);
    assertThat(orders(Kind.MEMBER_ADDED, "g1", APPLICATION))
        .containsExactly("modify GROUP members");
  }

  @Test
  void movesTheMemberAloneWithoutAnApi() {
    known.group("g1", "Engines");
    known.person("ada", true, null);

    assertThat(commands(offline, Kind.MEMBER_ADDED, "g1", APPLICATION))
        .containsExactly("modify GROUP members");
    assertThat(commands(offline, Kind.MEMBER_REMOVED, "g1", GROUP))
        .containsExactly("modify USER active", "modify GROUP members");
  }

  @Test
  void letsALeaverGoWhileTheIdpIsAway() {
    known.group("g1", "Engines", "ada");
    known.person("ada", true, null);
    idp.away = true;

    assertThat(orders(Kind.MEMBER_REMOVED, "g1", GROUP))
        .containsExactly("modify USER active", "modify GROUP members");
  }

  @Test
  void waitsForAnIdpThatIsAwayWithAllElse() {
    known.group("g1", "Engines", "ada");
    known.person("ada", true, null);
    idp.away = true;

    assertThatThrownBy(() -> orders(Kind.MEMBER_ADDED, "g1", GROUP))
        .isInstanceOf(IdpApiException.class);
    assertThatThrownBy(() -> orders(Kind.MEMBER_ADDED, "g1", APPLICATION))
        .isInstanceOf(IdpApiException.class);
    assertThatThrownBy(() -> orders(Kind.MEMBER_REMOVED, "g1", APPLICATION))
        .as("nobody leaves")
        .isInstanceOf(IdpApiException.class);
    assertThatThrownBy(() -> orders(Kind.USER_CHANGED, null, APPLICATION))
        .isInstanceOf(IdpApiException.class);
  }

  @Test
  void changesAndDeletesUsersAndGroups() {
    known.group("ada", "Engines");
    known.person("ada", true, null);

    assertThat(orders(Kind.USER_DEACTIVATED, null, APPLICATION))
        .containsExactly("modify USER active");
    assertThat(orders(Kind.USER_DELETED, null, APPLICATION)).containsExactly("delete USER");
    assertThat(orders(Kind.USER_CHANGED, null, APPLICATION)).containsExactly("delete USER");
    assertThat(orders(Kind.GROUP_CHANGED, null, APPLICATION)).containsExactly("delete GROUP");
    assertThat(orders(Kind.GROUP_DELETED, null, APPLICATION)).containsExactly("delete GROUP");
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"FEED_EXPIRES", "FEED_BROKEN"})
  void mendsTheSubscriptionAtTheIdpAndCommandsNothing(Kind kind) {
    assertThat(orders(kind, null, APPLICATION)).isEmpty();
    assertThat(idp.lifecycle).extracting(Signal::kind).containsExactly(kind);

    assertThat(commands(offline, kind, null, APPLICATION)).isEmpty();
  }

  private SignalTranslator translator(Optional<IdpApi> api) {
    return new SignalTranslator(connection -> api, known, FakeTenant.userCreation());
  }

  private List<String> orders(Kind kind, String container, ObjectNode settings) {
    return commands(translator, kind, container, settings);
  }

  private static List<String> commands(
      SignalTranslator translator, Kind kind, String container, ObjectNode settings) {
    return translator.orders(task(signal(kind, "ada", container), settings)).stream()
        .map(it -> text(it.command()))
        .toList();
  }

  private static String text(Command command) {
    ResourceType type = command.type();
    if (command instanceof Command.Modify modify) {
      List<String> paths = modify.operations().stream().map(PatchOperation::path).toList();
      return "modify " + type + " " + String.join(" ", paths);
    }
    return (command instanceof Command.Create ? "create " : "delete ") + type;
  }
}
