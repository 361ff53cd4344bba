package io.gatehouse.portal;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.UserExportController;
import io.gatehouse.admin.api.UsersController;
import io.gatehouse.admin.api.UsersController.Wanted;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/** The users of a tenant: search, filters, export. */
@Controller
final class UsersPages {

  private static final int COUNT = 50;

  private final UsersController usersController;
  private final UserExportController userExportController;
  private final ConnectionNames connectionNames;

  UsersPages(
      UsersController usersController,
      UserExportController userExportController,
      ConnectionNames connectionNames) {
    this.usersController = usersController;
    this.userExportController = userExportController;
    this.connectionNames = connectionNames;
  }

  /** What is searched for; blank is the same as absent. */
  record Filter(
      @Nullable String q,
      @Nullable String state,
      @Nullable UUID connection,
      @Nullable String cursor) {

    Wanted wanted(String tenant) {
      return new Wanted(tenant, q, blank(state), connection, null, blank(cursor), COUNT);
    }

    PageLink on(String path) {
      return new PageLink(path).with("q", q).with("state", state).with("connection", connection);
    }

    public boolean any() {
      return blank(q) != null || blank(state) != null || connection != null;
    }

    private static @Nullable String blank(@Nullable String text) {
      return text == null || text.isBlank() ? null : text;
    }
  }

  /** The page; for htmx its results only. */
  @Requires(Role.VIEWER)
  @GetMapping("/admin/tenants/{tenant}/users")
  String users(
      @PathVariable String tenant,
      Filter filter,
      @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
      Model model) {
    String path = "/admin/tenants/" + tenant + "/users";
    UsersController.Page page = usersController.find(filter.wanted(tenant));
    model.addAttribute("filter", filter);
    model.addAttribute("users", page.users());
    model.addAttribute("connections", connectionNames.of(tenant));
    model.addAttribute("first", filter.cursor() == null ? null : filter.on(path).toString());
    model.addAttribute("next", filter.on(path).with("cursor", page.next()).orNullWithout("cursor"));
    model.addAttribute("export", filter.on(path + ".csv").toString());
    return htmx == null ? "portal/users" : "portal/users :: results";
  }

  @Requires(Role.VIEWER)
  @GetMapping("/admin/tenants/{tenant}/users.csv")
  void export(@PathVariable String tenant, Filter filter, HttpServletResponse response)
      throws IOException {
    userExportController.exportForSpreadsheet(filter.wanted(tenant), response);
  }

  /** Leaves an export without its end, so that it is not taken for a whole one. */
  @ExceptionHandler(IOException.class)
  void unfinished(IOException e) throws IOException {
    throw e;
  }
}
