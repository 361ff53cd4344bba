package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.directory.Group;
import io.gatehouse.directory.GroupQueries;
import io.gatehouse.directory.GroupQueries.Member;
import io.gatehouse.directory.GroupQueries.Search;
import io.gatehouse.directory.ResourceQuery.Position;
import io.gatehouse.tenant.Connections.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /groups}: the groups of a tenant, of any connection, and their members. */
@RestController
@RequestMapping("/admin/api/v1/groups")
public final class GroupsController {

  private final GroupQueries groupQueries;
  private final GroupLookup groupLookup;
  private final TenantLookup tenantLookup;

  GroupsController(GroupQueries groupQueries, GroupLookup groupLookup, TenantLookup tenantLookup) {
    this.groupQueries = groupQueries;
    this.groupLookup = groupLookup;
    this.tenantLookup = tenantLookup;
  }

  /**
   * A group.
   *
   * @param group the SCIM document without members, when one group is asked for
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record GroupView(
      UUID id,
      String tenant,
      UUID connection,
      String displayName,
      @Nullable String externalId,
      long version,
      Instant createdAt,
      Instant modifiedAt,
      @Nullable Map<String, Object> group) {

    static GroupView of(String tenant, Group it, @Nullable Map<String, Object> document) {
      return new GroupView(
          it.id(),
          tenant,
          it.connection(),
          it.displayName(),
          it.externalId(),
          it.version(),
          it.created(),
          it.modified(),
          document);
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Page(List<GroupView> groups, @Nullable String next) {}

  /**
   * A member: a user with userName and state, or a group.
   *
   * @param type "User" or "Group"
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record MemberView(
      UUID id,
      String type,
      @Nullable String userName,
      @Nullable String displayName,
      @Nullable String state) {

    static MemberView of(Member it) {
      boolean user = it.state() != null;
      return new MemberView(
          it.id(),
          it.type().label(),
          user ? it.name() : null,
          user ? it.displayName() : it.name(),
          it.state());
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record MembersPage(List<MemberView> members, @Nullable String next) {}

  /** Parameters of a search. */
  public record Wanted(
      @Nullable String tenant,
      @Nullable String q,
      @Nullable UUID connection,
      @Nullable String cursor,
      @Nullable Integer count) {}

  /** The requested page. */
  public record WantedPage(@Nullable String cursor, @Nullable Integer count) {}

  @Requires(Role.VIEWER)
  @GetMapping
  public Page find(Wanted wanted) {
    Tenant tenant = tenantLookup.given(wanted.tenant());
    int count = PageRequest.count(wanted.count());
    List<Group> found =
        groupQueries.groups(
            new Search(
                tenant.id(),
                wanted.connection(),
                PageRequest.text("q", wanted.q()),
                PageRequest.after(wanted.cursor(), true),
                count + 1));
    return new Page(
        PageRequest.shown(found, count).stream()
            .map(it -> GroupView.of(tenant.slug(), it, null))
            .toList(),
        PageRequest.next(found, count, it -> PageRequest.cursor(it.id(), it.displayNameKey())));
  }

  @Requires(Role.VIEWER)
  @GetMapping("/{id}")
  public GroupView one(@PathVariable UUID id) {
    Group group = groupLookup.known(id);
    return GroupView.of(slug(group), group, JsonMaps.map(group.document()));
  }

  private String slug(Group group) {
    return tenantLookup.all().stream()
        .filter(it -> it.id().equals(group.tenant()))
        .findFirst()
        .map(Tenant::slug)
        .orElseThrow();
  }

  /** The members, also those that SCIM does not show because the user has left. */
  @Requires(Role.VIEWER)
  @GetMapping("/{id}/members")
  public MembersPage members(@PathVariable UUID id, WantedPage wanted) {
    Group group = groupLookup.known(id);
    int count = PageRequest.count(wanted.count());
    Position after = PageRequest.after(wanted.cursor(), false);
    List<Member> found =
        groupQueries.members(group.tenant(), id, after == null ? null : after.id(), count + 1);
    return new MembersPage(
        PageRequest.shown(found, count).stream().map(MemberView::of).toList(),
        PageRequest.next(found, count, Member::id));
  }
}
