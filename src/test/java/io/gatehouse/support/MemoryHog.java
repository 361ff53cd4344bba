package io.gatehouse.support;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Uses up all memory, in a gateway that was started for that. */
@RestController
@Profile(MemoryHog.PROFILE)
class MemoryHog {

  static final String PROFILE = "memory-hog";

  @Requires(Role.ADMIN)
  @PostMapping("/admin/api/v1/hog")
  int eat() {
    List<byte[]> eaten = new ArrayList<>();
    while (eaten.size() >= 0) {
      eaten.add(new byte[1024 * 1024]);
    }
    return eaten.size();
  }
}
