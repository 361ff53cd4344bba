package io.gatehouse.admin.api;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.scim.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /openapi.yaml} and {@code /openapi.json}: the OpenAPI document of the admin API. */
@RestController
@RequestMapping("/admin/api/v1")
public final class OpenApiController {

  private static final MediaType YAML = new MediaType("application", "yaml");

  @Requires(Role.VIEWER)
  @GetMapping("/openapi.yaml")
  public ResponseEntity<String> yaml() throws IOException {
    return ResponseEntity.ok().contentType(YAML).body(document());
  }

  @Requires(Role.VIEWER)
  @GetMapping("/openapi.json")
  public ResponseEntity<String> json() throws IOException {
    Object tree = new Load(LoadSettings.builder().build()).loadFromString(document());
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(Json.text(Json.MAPPER.valueToTree(tree)));
  }

  private static String document() throws IOException {
    return new ClassPathResource("openapi.yaml").getContentAsString(StandardCharsets.UTF_8);
  }
}
