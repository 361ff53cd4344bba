package io.gatehouse.admin.imports;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.ProblemException;
import io.gatehouse.admin.api.TenantLookup;
import io.gatehouse.command.Caller;
import io.gatehouse.directory.UserImport;
import io.gatehouse.security.CurrentAdministrator;
import io.gatehouse.tenant.Connections.Tenant;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /users/import}: imports the users of a CSV file as unmanaged users, all or none of them.
 */
@RestController
@RequestMapping("/admin/api/v1/users/import")
public final class ImportController {

  private final UserFiles files;
  private final TenantLookup tenantLookup;

  ImportController(UserFiles files, TenantLookup tenantLookup) {
    this.files = files;
    this.tenantLookup = tenantLookup;
  }

  /** The whole file is received first: a slow client must not keep a transaction open. */
  @Requires(Role.OPERATOR)
  @PostMapping(consumes = "text/csv")
  public void bringIn(
      @RequestParam(required = false) @Nullable String tenant,
      @RequestParam(defaultValue = "false") boolean dryRun,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Tenant owner = tenantLookup.given(tenant);
    requireUtf8(request.getContentType());
    Caller caller = Caller.admin(owner.id(), owner.slug(), CurrentAdministrator.get().actor());
    try (Spool file = UserFiles.received(request.getInputStream());
        ImportReport report = new ImportReport(dryRun)) {
      answer(dryRun, files.run(caller, dryRun, file, report), report, response);
    }
  }

  private static void requireUtf8(String type) {
    Charset charset = MediaType.parseMediaType(type).getCharset();
    if (charset != null && !charset.equals(StandardCharsets.UTF_8)) {
      throw ProblemException.wrongType("The file must be in UTF-8.");
    }
  }

  private static void answer(
      boolean dryRun, UserImport.Totals totals, ImportReport report, HttpServletResponse response)
      throws IOException {
    boolean refused = totals.refused() > 0 && !dryRun;
    response.setStatus(refused ? HttpStatus.UNPROCESSABLE_CONTENT.value() : HttpStatus.OK.value());
    response.setContentType(
        refused ? MediaType.APPLICATION_PROBLEM_JSON_VALUE : MediaType.APPLICATION_JSON_VALUE);
    if (refused) {
      report.writeRefused(totals, response.getOutputStream());
    } else {
      report.writeAll(totals, response.getOutputStream());
    }
  }
}
