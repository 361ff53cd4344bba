package io.gatehouse.admin.api;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /guides}: the fields and mappings to fill in at an IdP; {@code /docs}: the reference pages
 * of {@code src/docs}. Both are Markdown.
 */
@RestController
@RequestMapping("/admin/api/v1")
public final class GuidesController {

  private static final MediaType MARKDOWN =
      new MediaType("text", "markdown", StandardCharsets.UTF_8);
  private static final String ENDING = ".md";

  @Requires(Role.VIEWER)
  @GetMapping("/guides/{idp}")
  public ResponseEntity<String> guide(@PathVariable String idp) throws IOException {
    return markdown(
        "guides/" + SlugRules.require("idp", idp), "There is no guide for '" + idp + "'.");
  }

  /** The list of pages. */
  @Requires(Role.VIEWER)
  @GetMapping("/docs")
  public ResponseEntity<String> index() throws IOException {
    return markdown("docs/README", "There is no list of pages.");
  }

  /** Pages link to each other as {@code page.md}, so both forms of the name are accepted. */
  @Requires(Role.VIEWER)
  @GetMapping("/docs/{page}")
  public ResponseEntity<String> page(@PathVariable String page) throws IOException {
    String name = page.endsWith(ENDING) ? page.substring(0, page.length() - ENDING.length()) : page;
    return markdown("docs/" + SlugRules.require("page", name), "There is no page '" + name + "'.");
  }

  private static ResponseEntity<String> markdown(String path, String otherwise) throws IOException {
    var file = new ClassPathResource(path + ENDING);
    if (!file.exists()) {
      throw ProblemException.notFound(otherwise);
    }
    return ResponseEntity.ok()
        .contentType(MARKDOWN)
        .body(file.getContentAsString(StandardCharsets.UTF_8));
  }
}
