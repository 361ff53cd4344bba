package io.gatehouse.portal;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.GroupsController;
import io.gatehouse.admin.api.GroupsController.GroupView;
import io.gatehouse.admin.api.ProblemException;
import io.gatehouse.admin.api.TimelineController;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;

/** The groups of a tenant, and one group: members, and who came and went. */
@Controller
@RequestMapping("/admin/tenants/{tenant}/groups")
final class GroupsPages {

  private static final int COUNT = 50;
  private static final int ENTRIES = 20;

  private final GroupsController groupsController;
  private final TimelineController timelineController;
  private final ConnectionNames connectionNames;

  GroupsPages(
      GroupsController groupsController,
      TimelineController timelineController,
      ConnectionNames connectionNames) {
    this.groupsController = groupsController;
    this.timelineController = timelineController;
    this.connectionNames = connectionNames;
  }

  /** What is searched for. */
  record Filter(@Nullable String q, @Nullable UUID connection, @Nullable String cursor) {

    PageLink on(String path) {
      return new PageLink(path).with("q", q).with("connection", connection);
    }
  }

  /** What parts of the lists of a group are shown. */
  record Part(@Nullable String members, @Nullable String cursor) {}

  /** The page; for htmx its results only. */
  @Requires(Role.VIEWER)
  @GetMapping
  String groups(
      @PathVariable String tenant,
      Filter filter,
      @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
      Model model) {
    String path = "/admin/tenants/" + tenant + "/groups";
    GroupsController.Page page =
        groupsController.find(
            new GroupsController.Wanted(
                tenant, filter.q(), filter.connection(), filter.cursor(), COUNT));
    model.addAttribute("filter", filter);
    model.addAttribute("groups", page.groups());
    model.addAttribute("connections", connectionNames.of(tenant));
    model.addAttribute("first", filter.cursor() == null ? null : filter.on(path).toString());
    model.addAttribute("next", filter.on(path).with("cursor", page.next()).orNullWithout("cursor"));
    return htmx == null ? "portal/groups" : "portal/groups :: results";
  }

  @Requires(Role.VIEWER)
  @GetMapping("/{id}")
  String group(@PathVariable String tenant, @PathVariable UUID id, Part part, Model model) {
    GroupView group = groupsController.one(id);
    if (!group.tenant().equals(tenant)) {
      throw ProblemException.notFound("The tenant has no group " + id + ".");
    }
    String path = "/admin/tenants/" + tenant + "/groups/" + id;
    GroupsController.MembersPage members =
        groupsController.members(id, new GroupsController.WantedPage(part.members(), COUNT));
    TimelineController.Page page =
        timelineController.ofGroup(id, new TimelineController.Wanted(null, part.cursor(), ENTRIES));
    model.addAttribute("group", group);
    model.addAttribute("members", members.members());
    model.addAttribute("connections", connectionNames.of(tenant));
    model.addAttribute("entries", page.entries());
    model.addAttribute("names", page.names());
    model.addAttribute(
        "nextMembers", new PageLink(path).with("members", members.next()).orNullWithout("members"));
    model.addAttribute(
        "older", new PageLink(path).with("cursor", page.next()).orNullWithout("cursor"));
    return "portal/group";
  }
}
