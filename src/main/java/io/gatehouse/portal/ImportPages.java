package io.gatehouse.portal;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.SpreadsheetText;
import io.gatehouse.admin.api.TenantLookup;
import io.gatehouse.admin.imports.ImportRuns;
import io.gatehouse.admin.imports.ImportRuns.RefusedLine;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The import of a file in two steps: what would happen, and then that it happens. */
@Controller
@RequestMapping("/admin/tenants/{tenant}/import")
final class ImportPages {

  private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

  private final TenantLookup tenantLookup;
  private final ImportRuns runs;

  ImportPages(TenantLookup tenantLookup, ImportRuns runs) {
    this.tenantLookup = tenantLookup;
    this.runs = runs;
  }

  @Requires(Role.VIEWER)
  @GetMapping
  String form(@PathVariable String tenant) {
    tenantLookup.known(tenant);
    return "portal/import";
  }

  @Requires(Role.OPERATOR)
  @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  String upload(@PathVariable String tenant, HttpServletRequest request) throws IOException {
    return Redirects.to(at(tenant, runs.upload(tenant, request)));
  }

  @Requires(Role.OPERATOR)
  @GetMapping("/{run}")
  String run(@PathVariable String tenant, @PathVariable UUID run, Model model) {
    model.addAttribute("run", runs.view(tenant, run));
    return "portal/import-run";
  }

  /** The part of the page that asks for itself while the file is read. */
  @Requires(Role.OPERATOR)
  @GetMapping("/{run}/progress")
  String progress(@PathVariable String tenant, @PathVariable UUID run, Model model) {
    model.addAttribute("run", runs.view(tenant, run));
    return "portal/import-progress";
  }

  @Requires(Role.OPERATOR)
  @PostMapping("/{run}/apply")
  String apply(@PathVariable String tenant, @PathVariable UUID run) {
    runs.apply(tenant, run);
    return Redirects.to(at(tenant, run));
  }

  @Requires(Role.OPERATOR)
  @GetMapping("/{run}/refused.csv")
  ResponseEntity<String> refused(@PathVariable String tenant, @PathVariable UUID run) {
    StringBuilder csv =
        new StringBuilder(SpreadsheetText.BYTE_ORDER_MARK).append("line,userName,reason\r\n");
    for (RefusedLine it : runs.view(tenant, run).refused()) {
      csv.append(it.line())
          .append(',')
          .append(cell(it.userName()))
          .append(',')
          .append(cell(it.detail()))
          .append("\r\n");
    }
    ContentDisposition file = ContentDisposition.attachment().filename("refused.csv").build();
    return ResponseEntity.ok()
        .contentType(CSV)
        .header("Content-Disposition", file.toString())
        .body(csv.toString());
  }

  private static String cell(String text) {
    return '"' + String.valueOf(SpreadsheetText.of(text)).replace("\"", "\"\"") + '"';
  }

  private static String at(String tenant, UUID run) {
    return "/admin/tenants/" + tenant + "/import/" + run;
  }
}
