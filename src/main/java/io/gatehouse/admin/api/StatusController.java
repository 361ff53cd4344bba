package io.gatehouse.admin.api;

import io.gatehouse.edge.IdpProfiles;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /status}: what an operator looks at first. */
@RestController
@RequestMapping("/admin/api/v1/status")
final class StatusController {

  private final IdpProfiles profiles;

  StatusController(IdpProfiles profiles) {
    this.profiles = profiles;
  }

  record StatusView(List<IdpProfiles.Source> routes) {}

  @GetMapping
  StatusView status() {
    return new StatusView(profiles.sources());
  }
}
