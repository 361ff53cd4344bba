package io.gatehouse.admin.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /guides}: what to fill in at an IdP, as Markdown. */
@RestController
@RequestMapping("/admin/api/v1/guides")
final class GuidesController {

  private static final MediaType MARKDOWN =
      new MediaType("text", "markdown", StandardCharsets.UTF_8);

  @GetMapping("/{idp}")
  ResponseEntity<String> guide(@PathVariable String idp) throws IOException {
    var guide = new ClassPathResource("guides/" + Slugs.require("idp", idp) + ".md");
    if (!guide.exists()) {
      throw Problem.notFound("There is no guide for '" + idp + "'.");
    }
    return ResponseEntity.ok()
        .contentType(MARKDOWN)
        .body(guide.getContentAsString(StandardCharsets.UTF_8));
  }
}
