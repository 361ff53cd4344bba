package io.gatehouse.admin.api;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /asyncapi.yaml}: the AsyncAPI contract of the events. It needs no credential, because it
 * contains no data of a tenant.
 */
@RestController
public final class AsyncApiController {

  private static final MediaType YAML = new MediaType("application", "yaml");

  @Requires(Role.VIEWER)
  @GetMapping("/asyncapi.yaml")
  public ResponseEntity<String> contract() throws IOException {
    return ResponseEntity.ok()
        .contentType(YAML)
        .body(new ClassPathResource("asyncapi.yaml").getContentAsString(StandardCharsets.UTF_8));
  }
}
