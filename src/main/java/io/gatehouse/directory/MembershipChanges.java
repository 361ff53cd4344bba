package io.gatehouse.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.GroupMember;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.MemberChange;
import io.gatehouse.scim.ResourceId;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.ScimException;
import io.gatehouse.scim.WorkBudget;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Applies the changes of one command to the members of one group. All new members are checked
 * before the first change, so that a refusal leaves the group unchanged.
 */
final class MembershipChanges implements MemberChange.Cases<Runnable> {

  private final FoldContext context;
  private final UUID group;
  private final GroupMembers members;
  private final WorkBudget budget = new WorkBudget();
  private int newcomers;

  MembershipChanges(FoldContext context, UUID group) {
    this.context = context;
    this.group = group;
    this.members = context.state().groups().members(group);
  }

  /**
   * Applies the changes in order.
   *
   * @throws ScimException 400 invalidValue when the connection does not control a new member,
   *     noTarget when a path selects no member, tooMany when the comparisons exceed their budget;
   *     the group is then unchanged
   */
  MembershipDelta apply(List<MemberChange> changes) {
    Set<UUID> before = ids();
    List<Membership> asTheyWere = members.known();
    List<Runnable> moves = new ArrayList<>();
    changes.forEach(change -> moves.add(change.match(this)));
    try {
      moves.forEach(Runnable::run);
    } catch (ScimException e) {
      members.reset(asTheyWere);
      throw e;
    }
    Set<UUID> joined = ids();
    Set<UUID> left = new LinkedHashSet<>(before);
    left.removeAll(joined);
    joined.removeAll(before);
    return new MembershipDelta(joined, left);
  }

  private Set<UUID> ids() {
    Set<UUID> ids = new LinkedHashSet<>();
    members.known().forEach(it -> ids.add(it.member()));
    return ids;
  }

  @Override
  public Runnable add(MemberChange.Add change) {
    List<Membership> newcomers = memberships(change.members());
    return () -> newcomers.forEach(members::add);
  }

  @Override
  public Runnable remove(MemberChange.Remove change) {
    return () ->
        change.values().stream().flatMap(it -> ResourceId.of(it).stream()).forEach(members::remove);
  }

  @Override
  public Runnable removeMatching(MemberChange.RemoveMatching change) {
    budget.spend((long) (members.count() + newcomers) * (1 + change.condition().comparisons()));
    return () ->
        members.known().stream()
            .filter(it -> change.condition().matches(shown(it)))
            .forEach(it -> members.remove(it.member()));
  }

  @Override
  public Runnable assign(MemberChange.Assign change) {
    List<Membership> wanted = memberships(change.members());
    Set<UUID> ids = new LinkedHashSet<>();
    wanted.forEach(it -> ids.add(it.member()));
    return () -> {
      members.known().stream()
          .map(Membership::member)
          .filter(it -> !ids.contains(it))
          .forEach(members::remove);
      wanted.forEach(members::add);
    };
  }

  @Override
  public Runnable require(MemberChange.Require change) {
    List<UUID> ids = change.values().stream().flatMap(it -> ResourceId.of(it).stream()).toList();
    return () -> {
      List<UUID> found = ids.stream().filter(members::has).toList();
      if (found.isEmpty()) {
        throw ScimException.noTarget("No member of the group matches the path.");
      }
      if (change.leave()) {
        found.forEach(members::remove);
      }
    };
  }

  private static ObjectNode shown(Membership it) {
    return Json.object()
        .put("value", it.member().toString())
        .put("type", it.type().label())
        .put("display", it.display());
  }

  private List<Membership> memberships(List<GroupMember> named) {
    newcomers += named.size();
    return named.stream().map(this::membership).toList();
  }

  private Membership membership(GroupMember member) {
    UUID id = ResourceId.of(member.value()).orElseThrow(MembershipChanges::noId);
    ResourceType type =
        context
            .state()
            .memberType(context.caller(), id)
            .orElseThrow(
                () ->
                    ScimException.invalidValue(
                        "There is no user or group " + id + " to be a member."));
    return new Membership(context.caller().tenant(), group, id, type, member.display());
  }

  /**
   * Without the value, which may be the name of a user: it would be stored with the outcome and not
   * be erased.
   */
  private static ScimException noId() {
    return ScimException.invalidValue("The 'value' of a member must be the id of a user or group.");
  }
}
