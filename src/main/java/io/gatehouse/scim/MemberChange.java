package io.gatehouse.scim;

import java.util.List;
import java.util.Set;

/** What is asked to become of the members of a group, one step at a time. */
public sealed interface MemberChange {

  <R> R match(Cases<R> cases);

  /** One function for each kind. */
  interface Cases<R> {
    R add(Add change);

    R remove(Remove change);

    R removeMatching(RemoveMatching change);

    R assign(Assign change);

    R require(Require change);
  }

  /** These join; who is in already stays. */
  record Add(List<GroupMember> members) implements MemberChange {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.add(this);
    }
  }

  /** These leave; who is not in does no harm. */
  record Remove(Set<String> values) implements MemberChange {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.remove(this);
    }
  }

  /** Whoever meets a condition leaves; the only change for which all members must be read. */
  record RemoveMatching(FilterCondition condition) implements MemberChange {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.removeMatching(this);
    }
  }

  /**
   * At least one of these must be a member, else there is no target; they stay as they are, or
   * leave.
   */
  record Require(Set<String> values, boolean leave) implements MemberChange {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.require(this);
    }
  }

  /** These and nobody else. */
  record Assign(List<GroupMember> members) implements MemberChange {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.assign(this);
    }
  }
}
