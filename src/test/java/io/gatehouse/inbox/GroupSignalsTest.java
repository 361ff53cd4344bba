package io.gatehouse.inbox;

import static io.gatehouse.inbox.FakeIdp.signal;
import static io.gatehouse.inbox.FakeIdp.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.gatehouse.command.Command;
import io.gatehouse.command.Leeway;
import io.gatehouse.directory.Group;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.ResourceType;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups follow the IdP's, for those users whose id there is known, and no others. */
class GroupSignalsTest {

  private final FakeIdp idp = new FakeIdp();
  private final FakeIdentities known = new FakeIdentities();
  private final GroupSignals groups = new GroupSignals(known);

  @BeforeEach
  void people() {
    for (String id : List.of("ada", "grace", "edsger")) {
      known.person(id, true, null);
    }
  }

  @Test
  void changesOnlyTheDifferencesOfThatVersion() {
    Group engines = known.group("g1", "Engines", "ada", "grace");
    idp.group("g1", "Analytical Engines", Set.of("grace", "edsger", "not known here"));

    assertThat(changed())
        .containsExactly(
            modify(
                engines,
                new PatchOperation(
                    PatchOperation.Kind.REPLACE,
                    "displayName",
                    TextNode.valueOf("Analytical Engines")),
                members(PatchOperation.Kind.ADD, "edsger"),
                members(PatchOperation.Kind.REMOVE, "ada")));
  }

  @Test
  void doesNothingWhenNothingIsDifferent() {
    known.group("g1", "Engines", "ada");
    idp.group("g1", "Engines", Set.of("ada", "not known here"));

    assertThat(changed()).isEmpty();
  }

  /** Who was put in by hand, or whose id at the IdP is not known, is not taken out. */
  @Test
  void leavesMembersInOfWhomTheIdpMayKnowNothing() {
    known.group("g1", "Engines", "ada", "put in by hand");
    idp.group("g1", "Engines", Set.of());

    List<PlannedCommand> planned = changed();

    assertThat(((Command.Modify) planned.get(0).command()).operations())
        .containsExactly(members(PatchOperation.Kind.REMOVE, "ada"));
  }

  @Test
  void knowsAGroupByItsNameOnceAndByItsIdFromThenOn() {
    Group engines = known.named("Engines");
    idp.group("g1", "Engines", Set.of("ada"));
    assertThat(changed()).containsExactly(modify(engines, members(PatchOperation.Kind.ADD, "ada")));

    idp.group("g1", "Looms", Set.of());
    assertThat(changed()).hasSize(1);
  }

  @Test
  void touchesNoGroupThatTheConnectionHasNotPushed() {
    idp.group("g1", "Engines", Set.of("ada"));

    assertThat(changed()).isEmpty();
    assertThat(groups.deleted(task(signal(Kind.GROUP_DELETED, "g1", null)))).isEmpty();
  }

  @Test
  void deletesAGroupThatTheIdpDoesNotKnowAnyMore() {
    Group engines = known.group("g1", "Engines", "ada");
    PlannedCommand deletion =
        new PlannedCommand(new Command.Delete(ResourceType.GROUP, engines.id(), null), null);

    assertThat(changed()).containsExactly(deletion);
    assertThat(groups.deleted(task(signal(Kind.GROUP_DELETED, "g1", null))))
        .containsExactly(deletion);
  }

  @Test
  void doesNothingWhenNobodyCanBeAsked() {
    known.group("g1", "Engines", "ada");

    assertThat(groups.changed(task(signal(Kind.GROUP_CHANGED, "g1", null)), null)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = PatchOperation.Kind.class,
      names = {"ADD", "REMOVE"})
  void movesOneMemberWhenNobodyCanBeAsked(PatchOperation.Kind kind) {
    Group engines = known.group("g1", "Engines", "grace");

    assertThat(groups.member(task(signal(Kind.MEMBER_ADDED, "ada", "g1")), kind))
        .containsExactly(modify(engines, members(kind, "ada")));
  }

  @Test
  void movesNobodyWhoIsNotKnown() {
    known.group("g1", "Engines");
    PatchOperation.Kind add = PatchOperation.Kind.ADD;

    assertThat(groups.member(task(signal(Kind.MEMBER_ADDED, "nobody", "g1")), add)).isEmpty();
    assertThat(groups.member(task(signal(Kind.MEMBER_ADDED, "ada", "g2")), add)).isEmpty();
  }

  private List<PlannedCommand> changed() {
    return groups.changed(task(signal(Kind.GROUP_CHANGED, "g1", null)), idp);
  }

  private static PlannedCommand modify(Group group, PatchOperation... operations) {
    return new PlannedCommand(
        new Command.Modify(
            ResourceType.GROUP, group.id(), List.of(operations), Leeway.NONE, "W/\"6\""),
        null);
  }

  private PatchOperation members(PatchOperation.Kind kind, String idpId) {
    ArrayNode values = Json.array();
    values.addObject().put("value", known.person(null, idpId, null).orElseThrow().id().toString());
    return new PatchOperation(kind, "members", values);
  }
}
