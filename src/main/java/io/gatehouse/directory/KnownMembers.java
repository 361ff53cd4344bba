package io.gatehouse.directory;

import io.gatehouse.scim.GroupMember;
import io.gatehouse.scim.MemberChange;
import io.gatehouse.scim.ResourceId;
import java.util.List;
import java.util.Optional;

/**
 * Changes of members, reduced to members that exist (quirk BUG-01). An assignment without any
 * existing member stays as it is and is refused, because it would otherwise empty the group.
 */
final class KnownMembers implements MemberChange.Cases<MemberChange> {

  private final FoldContext context;
  private int known;
  private int unknown;

  KnownMembers(FoldContext context) {
    this.context = context;
  }

  /** The changes with the existing members only; empty when all members exist, or none does. */
  Optional<List<MemberChange>> of(List<MemberChange> changes) {
    List<MemberChange> possible = changes.stream().map(it -> it.match(this)).toList();
    return Optional.of(possible).filter(it -> known > 0 && unknown > 0);
  }

  private List<GroupMember> known(List<GroupMember> named) {
    List<GroupMember> there = named.stream().filter(this::exists).toList();
    known += there.size();
    unknown += named.size() - there.size();
    return there;
  }

  private boolean exists(GroupMember member) {
    return ResourceId.of(member.value())
        .flatMap(it -> context.state().memberType(context.caller(), it))
        .isPresent();
  }

  @Override
  public MemberChange add(MemberChange.Add change) {
    return new MemberChange.Add(known(change.members()));
  }

  @Override
  public MemberChange assign(MemberChange.Assign change) {
    List<GroupMember> there = known(change.members());
    return there.isEmpty() ? change : new MemberChange.Assign(there);
  }

  @Override
  public MemberChange remove(MemberChange.Remove change) {
    return change;
  }

  @Override
  public MemberChange removeMatching(MemberChange.RemoveMatching change) {
    return change;
  }

  @Override
  public MemberChange require(MemberChange.Require change) {
    return change;
  }
}
