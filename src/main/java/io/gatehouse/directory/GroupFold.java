package io.gatehouse.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeData;
import io.gatehouse.command.Command;
import io.gatehouse.command.Leeway;
import io.gatehouse.command.Outcome;
import io.gatehouse.scim.GroupPatch;
import io.gatehouse.scim.Immutable;
import io.gatehouse.scim.Member;
import io.gatehouse.scim.MemberChange;
import io.gatehouse.scim.Patch;
import io.gatehouse.scim.ResourceReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The rules about groups. Members are rows beside the document. */
final class GroupFold implements Command.Cases<Step> {

  private static final String MEMBERS = "members";

  private final Turn turn;
  private final GroupRoster roster;

  GroupFold(Turn turn) {
    this.turn = turn;
    this.roster = turn.state().groups();
  }

  /** What a write asks for: a document, and what is to become of the members. */
  private record Wish(ObjectNode document, List<MemberChange> members) {

    /**
     * Members that are left out stay; only an explicit empty value empties (RFC 7644 section
     * 3.5.1).
     */
    static Wish of(ObjectNode resource) {
      ObjectNode document = resource.deepCopy();
      return document.has(MEMBERS)
          ? new Wish(
              document, List.of(new MemberChange.Assign(Member.list(document.remove(MEMBERS)))))
          : new Wish(document, List.of());
    }
  }

  /** Where the profile says so, those who exist join, and that others do not is recorded. */
  private Step write(Leeway leeway, Wish wish, BiFunction<GroupFold, Wish, Step> write) {
    Optional<List<MemberChange>> possible =
        leeway.someJoin() ? new KnownMembers(turn).of(wish.members()) : Optional.empty();
    return possible
        .map(
            it ->
                write.apply(
                    new GroupFold(turn.repaired(Leeway.SOME_JOIN, List.of(MEMBERS))),
                    new Wish(wish.document(), it)))
        .orElseGet(() -> write.apply(this, wish));
  }

  @Override
  public Step create(Command.Create command) {
    return turn.attempt(
        () ->
            write(
                command.leeway(),
                Wish.of(command.resource()),
                (fold, wish) -> fold.create(command.target(), wish)));
  }

  private Step create(UUID id, Wish wish) {
    Group group =
        new Group(
            turn.caller().tenant(),
            id,
            turn.caller().requireConnection(),
            1,
            turn.now(),
            turn.now(),
            wish.document());
    if (roster.taken(turn.caller(), group.displayNameKey())) {
      return turn.taken("displayName");
    }
    Delta delta = new Joining(turn, id).apply(wish.members());
    return changed(new Outcome.Created(group.snapshot()), null, group, delta);
  }

  @Override
  public Step replace(Command.Replace command) {
    return turn.over(
        found(command),
        command.ifMatch(),
        before ->
            write(
                command.leeway(),
                replaced(command, turn.conforming(before.document())),
                (fold, wish) -> fold.rewrite(before, wish)));
  }

  private Wish replaced(Command.Replace command, ObjectNode before) {
    Wish wish = Wish.of(command.resource());
    ObjectNode asked = Immutable.keep(turn.definition(), before, wish.document());
    Omissions.keep(command.leeway().kept(), before, asked);
    return new Wish(
        new ResourceReader(turn.definition()).completeReplacement(before, asked), wish.members());
  }

  @Override
  public Step modify(Command.Modify command) {
    return turn.over(
        found(command),
        command.ifMatch(),
        before ->
            write(
                command.leeway(),
                patched(command, turn.conforming(before.document())),
                (fold, wish) -> fold.rewrite(before, wish)));
  }

  private Wish patched(Command.Modify command, ObjectNode before) {
    GroupPatch patch = GroupPatch.of(turn.definition(), command.operations());
    return new Wish(Patch.apply(turn.definition(), before, patch.attributes()), patch.members());
  }

  private Optional<Group> found(Command command) {
    return roster.visible(turn.caller(), command.target());
  }

  private Step rewrite(Group before, Wish wish) {
    Immutable.check(turn.definition(), turn.conforming(before.document()), wish.document());
    Group after = before.next(wish.document(), turn.now());
    if (!after.displayNameKey().equals(before.displayNameKey())
        && roster.taken(turn.caller(), after.displayNameKey())) {
      return turn.taken("displayName");
    }
    Delta delta = new Joining(turn, before.id()).apply(wish.members());
    return delta.isEmpty() && after.document().equals(before.document())
        ? turn.unchanged(new Outcome.Updated(before.snapshot()))
        : changed(new Outcome.Updated(after.snapshot()), before, after, delta);
  }

  @Override
  public Step conform(Command.Conform command) {
    Optional<Group> found = roster.ofTenant(turn.caller(), command.target());
    if (found.isEmpty()) {
      return turn.notFound();
    }
    Group before = found.get();
    ObjectNode document = turn.conforming(before.document());
    if (document.equals(before.document())) {
      return turn.unchanged(new Outcome.Updated(before.snapshot()));
    }
    Group after = before.next(document, turn.now());
    return changed(
        new Outcome.Updated(after.snapshot()), before, after, new Delta(Set.of(), Set.of()));
  }

  @Override
  public Step delete(Command.Delete command) {
    return turn.over(found(command), command.ifMatch(), this::remove);
  }

  private Step remove(Group group) {
    roster.remove(group);
    Group last = group.next(turn.conforming(group.document()), turn.now());
    ObjectNode data = ChangeData.of(turn.envelope(), group.snapshot(), last.snapshot());
    return turn.changed(
        new Outcome.Deleted(group.id()), Change.Type.DELETED, last.snapshot(), data);
  }

  private Step changed(Outcome outcome, @Nullable Group before, Group after, Delta delta) {
    roster.put(after);
    ObjectNode data =
        ChangeData.of(turn.envelope(), before == null ? null : before.snapshot(), after.snapshot());
    ChangeData.members(data, delta.joined(), delta.left());
    return turn.changed(outcome, typeOf(before, after), after.snapshot(), data);
  }

  private static Change.Type typeOf(@Nullable Group before, Group after) {
    if (before == null) {
      return Change.Type.CREATED;
    }
    return before.document().equals(after.document())
        ? Change.Type.MEMBERS_CHANGED
        : Change.Type.UPDATED;
  }
}
