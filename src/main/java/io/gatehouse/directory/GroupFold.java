package io.gatehouse.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeData;
import io.gatehouse.command.Command;
import io.gatehouse.command.Leeway;
import io.gatehouse.command.Outcome;
import io.gatehouse.scim.GroupMember;
import io.gatehouse.scim.GroupPatch;
import io.gatehouse.scim.ImmutableAttributes;
import io.gatehouse.scim.MemberChange;
import io.gatehouse.scim.Patch;
import io.gatehouse.scim.ResourceReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The rules of commands on groups. Members are stored as rows beside the document. */
final class GroupFold implements Command.Cases<FoldResult> {

  private static final String MEMBERS = "members";

  private final FoldContext context;
  private final BatchGroups roster;

  GroupFold(FoldContext context) {
    this.context = context;
    this.roster = context.state().groups();
  }

  /** A requested write: the document, and the changes of members. */
  private record Wish(ObjectNode document, List<MemberChange> members) {

    /** Omitted members stay; only an explicit empty value removes all (RFC 7644 section 3.5.1). */
    static Wish of(ObjectNode resource) {
      ObjectNode document = resource.deepCopy();
      return document.has(MEMBERS)
          ? new Wish(
              document,
              List.of(new MemberChange.Assign(GroupMember.list(document.remove(MEMBERS)))))
          : new Wish(document, List.of());
    }
  }

  /**
   * Where the profile permits it, existing members join although others do not exist, and the
   * repair is recorded.
   */
  private FoldResult write(
      Leeway leeway, Wish wish, BiFunction<GroupFold, Wish, FoldResult> write) {
    Optional<List<MemberChange>> possible =
        leeway.someJoin() ? new KnownMembers(context).of(wish.members()) : Optional.empty();
    return possible
        .map(
            it ->
                write.apply(
                    new GroupFold(context.repaired(Leeway.SOME_JOIN, List.of(MEMBERS))),
                    new Wish(wish.document(), it)))
        .orElseGet(() -> write.apply(this, wish));
  }

  @Override
  public FoldResult create(Command.Create command) {
    return context.attempt(
        () ->
            write(
                command.leeway(),
                Wish.of(command.resource()),
                (fold, wish) -> fold.create(command.target(), wish)));
  }

  private FoldResult create(UUID id, Wish wish) {
    Group group =
        new Group(
            context.caller().tenant(),
            id,
            context.caller().requireConnection(),
            1,
            context.now(),
            context.now(),
            wish.document());
    if (roster.taken(context.caller(), group.displayNameKey())) {
      return context.taken("displayName");
    }
    MembershipDelta delta = new MembershipChanges(context, id).apply(wish.members());
    return changed(new Outcome.Created(group.snapshot()), null, group, delta);
  }

  @Override
  public FoldResult replace(Command.Replace command) {
    return context.over(
        found(command),
        command.ifMatch(),
        before ->
            write(
                command.leeway(),
                replaced(command, context.conforming(before.document())),
                (fold, wish) -> fold.rewrite(before, wish)));
  }

  private Wish replaced(Command.Replace command, ObjectNode before) {
    Wish wish = Wish.of(command.resource());
    ObjectNode asked = ImmutableAttributes.keep(context.definition(), before, wish.document());
    Omissions.keep(command.leeway().kept(), before, asked);
    return new Wish(
        new ResourceReader(context.definition()).completeReplacement(before, asked),
        wish.members());
  }

  @Override
  public FoldResult modify(Command.Modify command) {
    return context.over(
        found(command),
        command.ifMatch(),
        before ->
            write(
                command.leeway(),
                patched(command, context.conforming(before.document())),
                (fold, wish) -> fold.rewrite(before, wish)));
  }

  private Wish patched(Command.Modify command, ObjectNode before) {
    GroupPatch patch = GroupPatch.of(context.definition(), command.operations());
    return new Wish(Patch.apply(context.definition(), before, patch.attributes()), patch.members());
  }

  private Optional<Group> found(Command command) {
    return roster.visible(context.caller(), command.target());
  }

  private FoldResult rewrite(Group before, Wish wish) {
    ImmutableAttributes.check(
        context.definition(), context.conforming(before.document()), wish.document());
    Group after = before.next(wish.document(), context.now());
    if (!after.displayNameKey().equals(before.displayNameKey())
        && roster.taken(context.caller(), after.displayNameKey())) {
      return context.taken("displayName");
    }
    MembershipDelta delta = new MembershipChanges(context, before.id()).apply(wish.members());
    return delta.isEmpty() && after.document().equals(before.document())
        ? context.unchanged(new Outcome.Updated(before.snapshot()))
        : changed(new Outcome.Updated(after.snapshot()), before, after, delta);
  }

  @Override
  public FoldResult conform(Command.Conform command) {
    Optional<Group> found = roster.ofTenant(context.caller(), command.target());
    if (found.isEmpty()) {
      return context.notFound();
    }
    Group before = found.get();
    ObjectNode document = context.conforming(before.document());
    if (document.equals(before.document())) {
      return context.unchanged(new Outcome.Updated(before.snapshot()));
    }
    Group after = before.next(document, context.now());
    return changed(
        new Outcome.Updated(after.snapshot()),
        before,
        after,
        new MembershipDelta(Set.of(), Set.of()));
  }

  @Override
  public FoldResult delete(Command.Delete command) {
    return context.over(found(command), command.ifMatch(), this::remove);
  }

  private FoldResult remove(Group group) {
    roster.remove(group);
    Group last = group.next(context.conforming(group.document()), context.now());
    ObjectNode data = ChangeData.of(context.envelope(), group.snapshot(), last.snapshot());
    return context.changed(
        new Outcome.Deleted(group.id()), Change.Type.DELETED, last.snapshot(), data);
  }

  private FoldResult changed(
      Outcome outcome, @Nullable Group before, Group after, MembershipDelta delta) {
    roster.put(after);
    ObjectNode data =
        ChangeData.of(
            context.envelope(), before == null ? null : before.snapshot(), after.snapshot());
    ChangeData.members(data, delta.joined(), delta.left());
    return context.changed(outcome, typeOf(before, after), after.snapshot(), data);
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
