package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.audit.AuditTrail.Entry;
import io.gatehouse.audit.Timeline;
import io.gatehouse.audit.Timeline.Search;
import io.gatehouse.directory.Group;
import io.gatehouse.directory.GroupQueries;
import io.gatehouse.lifecycle.PersonRef;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The timeline of one user or group, the latest entry first: request, quirks, command, difference,
 * event and deliveries; and where the attributes of a user come from.
 */
@RestController
@RequestMapping("/admin/api/v1")
public final class TimelineController {

  /** Of each entry of a group so many members are named. */
  private static final int NAMED = 100;

  private final Timeline timeline;
  private final UserLookup userLookup;
  private final GroupLookup groupLookup;
  private final GroupQueries groupQueries;

  TimelineController(
      Timeline timeline,
      UserLookup userLookup,
      GroupLookup groupLookup,
      GroupQueries groupQueries) {
    this.timeline = timeline;
    this.userLookup = userLookup;
    this.groupLookup = groupLookup;
    this.groupQueries = groupQueries;
  }

  /**
   * A page of a timeline.
   *
   * @param names of a group: the present names of members who joined or left, by id
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Page(
      List<AuditView> entries, @Nullable Map<UUID, String> names, @Nullable String next) {}

  /**
   * The requested page.
   *
   * @param failures whether to show refused requests only
   */
  public record Wanted(
      @Nullable Boolean failures, @Nullable String cursor, @Nullable Integer count) {}

  public record OriginsView(List<AttributeOrigins.Origin> origins) {}

  @Requires(Role.VIEWER)
  @GetMapping("/users/{id}/timeline")
  public Page ofUser(@PathVariable UUID id, Wanted wanted) {
    return page(userLookup.requireEver(id).tenant(), id, wanted);
  }

  @Requires(Role.VIEWER)
  @GetMapping("/groups/{id}/timeline")
  public Page ofGroup(@PathVariable UUID id, Wanted wanted) {
    Group group = groupLookup.known(id);
    Page page = page(group.tenant(), id, wanted);
    Set<UUID> members = new HashSet<>();
    page.entries().forEach(it -> members.addAll(it.someMembers(NAMED)));
    return new Page(page.entries(), groupQueries.names(group.tenant(), members), page.next());
  }

  /** The latest change of each attribute that the user has. */
  @Requires(Role.VIEWER)
  @GetMapping("/users/{id}/origins")
  public OriginsView origins(@PathVariable UUID id) {
    PersonRef user = userLookup.requireKnown(id);
    UserView view = userLookup.view(id);
    return new OriginsView(
        AttributeOrigins.of(view.user(), timeline.origins(user.tenant(), user.person())));
  }

  private Page page(UUID tenant, UUID resource, Wanted wanted) {
    int count = PageRequest.count(wanted.count());
    boolean failures = Boolean.TRUE.equals(wanted.failures());
    List<Entry> found =
        timeline.entries(
            new Search(tenant, resource, failures, PageRequest.before(wanted.cursor()), count + 1));
    List<Entry> shown = PageRequest.shown(found, count);
    List<Timeline.Delivery> deliveries =
        timeline.deliveries(
            tenant,
            resource,
            shown.stream().filter(it -> it.event() != null).map(it -> it.event().id()).toList());
    return new Page(
        shown.stream().map(it -> AuditView.of(it).delivered(deliveries)).toList(),
        null,
        PageRequest.next(found, count, Entry::id));
  }
}
