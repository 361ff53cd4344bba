package io.gatehouse.admin.imports;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.ProblemException;
import io.gatehouse.admin.api.TenantLookup;
import io.gatehouse.command.Caller;
import io.gatehouse.directory.UserImport;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.security.CurrentAdministrator;
import io.gatehouse.store.LostRaceException;
import io.gatehouse.tenant.Connections.Tenant;
import io.gatehouse.tenant.TenantSchemas;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
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

  private static final long MAX_BYTES = 64L * 1024 * 1024;

  private final UserImport people;
  private final TenantLookup tenantLookup;
  private final TenantSchemas tenantSchemas;

  ImportController(UserImport people, TenantLookup tenantLookup, TenantSchemas tenantSchemas) {
    this.people = people;
    this.tenantLookup = tenantLookup;
    this.tenantSchemas = tenantSchemas;
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
    try (Spool file = received(request.getInputStream());
        ImportReport report = new ImportReport(dryRun)) {
      ResourceDefinition definition = tenantSchemas.of(owner.id()).definition(ResourceType.USER);
      UserTable users = UserTable.of(file, definition);
      UserImport.Totals totals = done(owner, dryRun, users, report);
      answer(dryRun, totals, report, response);
    }
  }

  private static void requireUtf8(String type) {
    Charset charset = MediaType.parseMediaType(type).getCharset();
    if (charset != null && !charset.equals(StandardCharsets.UTF_8)) {
      throw ProblemException.wrongType("The file must be in UTF-8.");
    }
  }

  private static Spool received(InputStream in) throws IOException {
    Spool file = Spool.open();
    try {
      if (file.takes(in, MAX_BYTES)) {
        return file;
      }
      throw ProblemException.tooLarge("The file has more than " + MAX_BYTES + " bytes.");
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private UserImport.Totals done(
      Tenant tenant, boolean dryRun, UserTable users, ImportReport report) throws IOException {
    try {
      Caller caller = Caller.admin(tenant.id(), tenant.slug(), CurrentAdministrator.get().actor());
      return people.run(caller, dryRun, users.lines(), report);
    } catch (LostRaceException e) {
      throw ProblemException.conflict(
          "Nothing was imported: another request changed users meanwhile. Import again.");
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
