package io.gatehouse.admin.imports;

import io.gatehouse.admin.api.ProblemException;
import io.gatehouse.command.Caller;
import io.gatehouse.directory.UserImport;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.store.LostRaceException;
import io.gatehouse.tenant.TenantSchemas;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Receives CSV files of users, and imports them. */
@Component
final class UserFiles {

  static final long MAX_BYTES = 64L * 1024 * 1024;

  private final UserImport people;
  private final TenantSchemas tenantSchemas;

  UserFiles(UserImport people, TenantSchemas tenantSchemas) {
    this.people = people;
    this.tenantSchemas = tenantSchemas;
  }

  /**
   * Receives the whole file, because a slow client must not keep a transaction open.
   *
   * @throws ProblemException 413 when it is too large
   */
  static Spool received(InputStream in) throws IOException {
    Spool file = Spool.open();
    try {
      if (file.takes(in, MAX_BYTES)) {
        return file;
      }
      throw tooLarge();
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  static ProblemException tooLarge() {
    return ProblemException.tooLarge("The file has more than " + MAX_BYTES + " bytes.");
  }

  /** Imports a file; nothing of it when a line is refused. */
  UserImport.Totals run(
      Caller caller, boolean dryRun, Spool file, Consumer<UserImport.Result> report)
      throws IOException {
    ResourceDefinition definition = tenantSchemas.of(caller.tenant()).definition(ResourceType.USER);
    UserTable users = UserTable.of(file, definition);
    try {
      return people.run(caller, dryRun, users.lines(), report);
    } catch (LostRaceException e) {
      throw ProblemException.conflict(
          "Nothing was imported: another request changed users meanwhile. Import again.");
    }
  }
}
