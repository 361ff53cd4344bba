package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.directory.Backlogs;
import io.gatehouse.directory.Backlogs.Contact;
import io.gatehouse.tenant.Connections;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /tenants/{slug}/standing}: what an administrator of a tenant should know first. */
@RestController
@RequestMapping("/admin/api/v1/tenants/{slug}/standing")
public final class TenantStandingController {

  private final TenantLookup tenantLookup;
  private final Connections connections;
  private final Backlogs backlogs;

  TenantStandingController(TenantLookup tenantLookup, Connections connections, Backlogs backlogs) {
    this.tenantLookup = tenantLookup;
    this.connections = connections;
    this.backlogs = backlogs;
  }

  /**
   * A connection and its last commands.
   *
   * @param lastApplied when its last change was applied
   * @param lastRefused when a command of it was last refused
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ContactView(
      UUID id,
      String name,
      String idp,
      @Nullable Instant lastApplied,
      @Nullable Instant lastRefused) {}

  /**
   * The state of a tenant; numbers end at 1000.
   *
   * @param leaving users who are erased within a week
   * @param conflicts newcomers that were not linked
   * @param parked commands that wait for an administrator
   */
  public record StandingView(
      List<ContactView> connections,
      long leaving,
      long conflicts,
      long parked,
      boolean hasUsers,
      boolean hasSubscribers) {}

  @Requires(Role.VIEWER)
  @GetMapping
  public StandingView standing(@PathVariable String slug) {
    UUID tenant = tenantLookup.known(slug).id();
    Map<UUID, Contact> contacts =
        backlogs.contacts(tenant).stream()
            .collect(Collectors.toMap(Contact::connection, Function.identity()));
    Backlogs.Tenant counts = backlogs.tenant(tenant);
    return new StandingView(
        connections.connections().stream()
            .filter(it -> it.tenant().equals(tenant))
            .map(it -> view(it, contacts.get(it.id())))
            .toList(),
        counts.leaving(),
        counts.conflicts(),
        counts.parked(),
        counts.hasUsers(),
        counts.hasSubscribers());
  }

  private static ContactView view(Connections.Connection it, @Nullable Contact contact) {
    return new ContactView(
        it.id(),
        it.name(),
        it.idp(),
        contact == null ? null : contact.applied(),
        contact == null ? null : contact.refused());
  }
}
