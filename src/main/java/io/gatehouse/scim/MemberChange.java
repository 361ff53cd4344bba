package io.gatehouse.scim;

import java.util.List;
import java.util.Set;

/** One requested change of the members of a group. */
public sealed interface MemberChange {

  <R> R match(Cases<R> cases);

  /** One function for each kind of change. */
  interface Cases<R> {
    R add(Add change);

    R remove(Remove change);

    R removeMatching(RemoveMatching change);

    R assign(Assign change);

    R require(Require change);
  }

  /** These join; existing members stay. */
  record Add(List<GroupMember> members) implements MemberChange {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.add(this);
    }
  }

  /** These leave; ids that are no members are ignored. */
  record Remove(Set<String> values) implements MemberChange {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.remove(this);
    }
  }

  /** Members that satisfy a condition leave; the only change for which all members must be read. */
  record RemoveMatching(FilterCondition condition) implements MemberChange {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.removeMatching(this);
    }
  }

  /** At least one of these must be a member, else the error is noTarget; they stay or leave. */
  record Require(Set<String> values, boolean leave) implements MemberChange {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.require(this);
    }
  }

  /** Exactly these are the members. */
  record Assign(List<GroupMember> members) implements MemberChange {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.assign(this);
    }
  }
}
