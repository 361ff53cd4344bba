package io.gatehouse.admin.api;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.tenant.IdpProfiles;
import java.util.List;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /idps}: the IdPs that a connection can be made for; each has a loaded route file. */
@RestController
@RequestMapping("/admin/api/v1/idps")
public final class IdpsController {

  private final IdpProfiles profiles;

  IdpsController(IdpProfiles profiles) {
    this.profiles = profiles;
  }

  /**
   * An IdP.
   *
   * @param webhooks whether its events are understood
   */
  public record IdpView(String name, boolean webhooks) {}

  @Requires(Role.VIEWER)
  @GetMapping
  public List<IdpView> all() {
    Set<String> withWebhooks = profiles.withWebhooks();
    return profiles.names().stream().map(it -> new IdpView(it, withWebhooks.contains(it))).toList();
  }
}
