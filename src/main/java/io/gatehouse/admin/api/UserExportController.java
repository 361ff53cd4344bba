package io.gatehouse.admin.api;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.UsersController.Page;
import io.gatehouse.admin.api.UsersController.Wanted;
import io.gatehouse.tenant.Connections.Tenant;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /users.csv}: all users that a search finds, as CSV (RFC 4180). They are read and sent a
 * page at a time.
 */
@RestController
@RequestMapping("/admin/api/v1/users.csv")
public final class UserExportController {

  private static final int BATCH = 200;

  private static final String[] HEADER = {
    "id",
    "userName",
    "displayName",
    "email",
    "state",
    "connection",
    "enrolledAt",
    "deactivatedAt",
    "purgeAfter",
    "heldAt",
    "erasedAt",
    "createdAt",
    "modifiedAt"
  };

  private final UsersController usersController;
  private final TenantLookup tenantLookup;
  private final ActRecorder acts;

  UserExportController(
      UsersController usersController, TenantLookup tenantLookup, ActRecorder acts) {
    this.usersController = usersController;
    this.tenantLookup = tenantLookup;
    this.acts = acts;
  }

  /**
   * Sends the users.
   *
   * @param wanted {@code count} is ignored
   * @throws IOException when the users cannot be read to the end, after the first are sent; the
   *     connection is closed then without the end of the answer
   */
  @Requires(Role.VIEWER)
  @GetMapping(produces = "text/csv")
  public void export(Wanted wanted, HttpServletResponse response) throws IOException {
    export(wanted, "", response);
  }

  /** Sends the users in a file for a spreadsheet, which begins with a byte order mark. */
  @Requires(Role.VIEWER)
  public void exportForSpreadsheet(Wanted wanted, HttpServletResponse response) throws IOException {
    export(wanted, SpreadsheetText.BYTE_ORDER_MARK, response);
  }

  private void export(Wanted wanted, String beginning, HttpServletResponse response)
      throws IOException {
    Tenant tenant = tenantLookup.given(wanted.tenant());
    Page page = usersController.find(batch(wanted, wanted.cursor()));
    acts.append(tenant.id(), null, "users.export");
    response.setContentType("text/csv");
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.setHeader("Content-Disposition", "attachment; filename=\"users.csv\"");
    Writer writer = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
    writer.write(beginning);
    CSVPrinter csv = new CSVPrinter(writer, CSVFormat.RFC4180);
    csv.printRecord((Object[]) HEADER);
    print(csv, page);
    while (page.next() != null) {
      page = next(wanted, page.next());
      print(csv, page);
    }
    csv.flush();
  }

  private static Wanted batch(Wanted wanted, @Nullable String cursor) {
    return new Wanted(
        wanted.tenant(),
        wanted.q(),
        wanted.state(),
        wanted.connection(),
        wanted.enrolled(),
        cursor,
        BATCH);
  }

  private Page next(Wanted wanted, String cursor) throws IOException {
    try {
      return usersController.find(batch(wanted, cursor));
    } catch (RuntimeException e) {
      throw new IOException("The export of users failed before its end.", e);
    }
  }

  private static void print(CSVPrinter csv, Page page) throws IOException {
    for (UserView it : page.users()) {
      csv.printRecord(
          Arrays.asList(
              it.id(),
              SpreadsheetText.of(it.userName()),
              SpreadsheetText.of(it.displayName()),
              SpreadsheetText.of(it.email()),
              it.state(),
              it.connection(),
              it.enrolledAt(),
              it.deactivatedAt(),
              it.purgeAfter(),
              it.heldAt(),
              it.erasedAt(),
              it.createdAt(),
              it.modifiedAt()));
    }
    csv.flush();
  }
}
