package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.directory.PeopleQueries;
import io.gatehouse.directory.PeopleQueries.Match;
import io.gatehouse.directory.PeopleQueries.Search;
import io.gatehouse.directory.PeopleQueries.State;
import io.gatehouse.directory.ResourceQuery;
import io.gatehouse.tenant.Connections.Tenant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /users}: all users of a tenant, of any connection or none. */
@RestController
@RequestMapping("/admin/api/v1/users")
public final class UsersController {

  private final PeopleQueries peopleQueries;
  private final TenantLookup tenantLookup;
  private final UserLookup userLookup;

  UsersController(PeopleQueries peopleQueries, TenantLookup tenantLookup, UserLookup userLookup) {
    this.peopleQueries = peopleQueries;
    this.tenantLookup = tenantLookup;
    this.userLookup = userLookup;
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Page(List<UserView> users, @Nullable String next) {}

  /** Parameters of a search. */
  public record Wanted(
      @Nullable String tenant,
      @Nullable String q,
      @Nullable String state,
      @Nullable UUID connection,
      @Nullable Boolean enrolled,
      @Nullable String cursor,
      @Nullable Integer count) {}

  @Requires(Role.VIEWER)
  @GetMapping
  public Page find(Wanted wanted) {
    Tenant tenant = tenantLookup.given(wanted.tenant());
    if (wanted.enrolled() != null) {
      return unenrolled(tenant, wanted);
    }
    int count = PageRequest.count(wanted.count());
    Search search = search(tenant, wanted, count + 1);
    if (search.state() == State.ERASED) {
      List<UserView> erased =
          peopleQueries.erased(search).stream().map(it -> UserView.of(tenant.slug(), it)).toList();
      return new Page(
          PageRequest.shown(erased, count), PageRequest.next(erased, count, UserView::id));
    }
    List<Match> found = peopleQueries.people(search);
    return new Page(
        PageRequest.shown(found, count).stream()
            .map(it -> UserView.of(tenant.slug(), it.person()))
            .toList(),
        PageRequest.next(found, count, it -> PageRequest.cursor(it.person().id(), it.place())));
  }

  static Search search(Tenant tenant, Wanted wanted, int count) {
    State state = state(wanted.state());
    String text = PageRequest.text("q", wanted.q());
    Search first = new Search(tenant.id(), state, wanted.connection(), text, null, count);
    return first.from(PageRequest.afterPlace(wanted.cursor(), first.byName()));
  }

  /** The provisioned users who wait for their enrolment; no other criterion goes with it. */
  private Page unenrolled(Tenant tenant, Wanted wanted) {
    boolean alone =
        wanted.q() == null
            && wanted.connection() == null
            && (wanted.state() == null || wanted.state().equals("active"));
    if (Boolean.TRUE.equals(wanted.enrolled()) || !alone) {
      throw ProblemException.badRequest(
          "'enrolled' can only be false, alone or with the state active.");
    }
    int count = PageRequest.count(wanted.count());
    ResourceQuery.Position after = PageRequest.after(wanted.cursor(), false);
    List<UserView> found =
        peopleQueries.unenrolled(tenant.id(), after == null ? null : after.id(), count + 1).stream()
            .map(it -> UserView.of(tenant.slug(), it))
            .toList();
    return new Page(
        PageRequest.shown(found, count),
        PageRequest.next(found, count, it -> PageRequest.cursor(it.id(), null)));
  }

  private static @Nullable State state(@Nullable String state) {
    return state == null
        ? null
        : Arrays.stream(State.values())
            .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(state))
            .findFirst()
            .orElseThrow(
                () ->
                    ProblemException.badRequest(
                        "'state' must be unmanaged, active, deactivated or erased."));
  }

  @Requires(Role.VIEWER)
  @GetMapping("/{id}")
  public UserView one(@PathVariable UUID id) {
    return userLookup.view(id);
  }
}
