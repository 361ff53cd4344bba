package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.directory.Register;
import io.gatehouse.directory.Register.Search;
import io.gatehouse.directory.Register.State;
import io.gatehouse.edge.Connections.Tenant;
import io.gatehouse.scim.NameKey;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /users}: everybody of a tenant, whoever controls them. */
@RestController
@RequestMapping("/admin/api/v1/users")
final class UsersController {

  private final Register register;
  private final Tenants tenants;
  private final Users users;

  UsersController(Register register, Tenants tenants, Users users) {
    this.register = register;
    this.tenants = tenants;
    this.users = users;
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(List<UserView> users, @Nullable String next) {}

  /** Parameters of a search. */
  record Wanted(
      @Nullable String tenant,
      @Nullable String q,
      @Nullable String state,
      @Nullable UUID connection,
      @Nullable String cursor,
      @Nullable Integer count) {}

  @GetMapping
  Page find(Wanted wanted) {
    Tenant tenant = tenants.given(wanted.tenant());
    State state = state(wanted.state());
    int count = Paging.count(wanted.count());
    String text = Paging.text("q", wanted.q());
    Search first = new Search(tenant.id(), state, wanted.connection(), text, null, count + 1);
    Search search = first.from(Paging.after(wanted.cursor(), first.byName()));
    List<UserView> found =
        state == State.ERASED
            ? register.erased(search).stream().map(it -> UserView.of(tenant.slug(), it)).toList()
            : register.people(search).stream().map(it -> UserView.of(tenant.slug(), it)).toList();
    return new Page(
        Paging.shown(found, count), Paging.next(found, count, it -> cursor(it, first.byName())));
  }

  private static String cursor(UserView last, boolean byName) {
    return Paging.cursor(last.id(), byName ? NameKey.ofNullable(last.userName()) : null);
  }

  private static @Nullable State state(@Nullable String state) {
    return state == null
        ? null
        : Arrays.stream(State.values())
            .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(state))
            .findFirst()
            .orElseThrow(
                () ->
                    Problem.badRequest(
                        "'state' must be unmanaged, active, deactivated or erased."));
  }

  @GetMapping("/{id}")
  UserView one(@PathVariable UUID id) {
    return users.view(id);
  }
}
