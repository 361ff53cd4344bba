package io.gatehouse.admin.api;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.AuditController.Wanted;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.AuditTrail.Entry;
import io.gatehouse.audit.AuditTrail.Search;
import io.gatehouse.scim.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /audit.csv} and {@code /audit.ndjson}: all entries that a search finds, read page by page
 * while they are sent. Without a tenant, the entries that belong to none.
 */
@RestController
@RequestMapping("/admin/api/v1")
public final class AuditExportController {

  private static final String CSV = "text/csv;charset=UTF-8";
  private static final int PAGE = 500;

  private final AuditTrail trail;
  private final TenantLookup tenantLookup;

  AuditExportController(AuditTrail trail, TenantLookup tenantLookup) {
    this.trail = trail;
    this.tenantLookup = tenantLookup;
  }

  @Requires(Role.AUDITOR)
  @GetMapping(value = "/audit.csv", produces = "text/csv")
  public void csv(Wanted wanted, HttpServletResponse response) throws IOException {
    Search search = search(wanted);
    AuditTrail.Page first = trail.find(search);
    BufferedWriter out = file(response, CSV, "audit.csv");
    CSVPrinter csv = new CSVPrinter(out, CSVFormat.RFC4180);
    csv.printRecord(AuditLine.COLUMNS);
    each(search, first, it -> csv.printRecord(AuditLine.cells(it)), out);
  }

  @Requires(Role.AUDITOR)
  @GetMapping(value = "/audit.ndjson", produces = MediaType.APPLICATION_NDJSON_VALUE)
  public void ndjson(Wanted wanted, HttpServletResponse response) throws IOException {
    Search search = search(wanted);
    AuditTrail.Page first = trail.find(search);
    BufferedWriter out = file(response, MediaType.APPLICATION_NDJSON_VALUE, "audit.ndjson");
    each(search, first, it -> out.append(Json.text(AuditLine.json(it))).append('\n'), out);
  }

  private Search search(Wanted wanted) {
    UUID tenant = null;
    if (PageRequest.text("tenant", wanted.tenant()) == null) {
      tenantLookup.requireAllTenants();
    } else {
      tenant = tenantLookup.given(wanted.tenant()).id();
    }
    Search asked = wanted.search(tenant, null);
    return new Search(
        asked.tenant(),
        asked.resource(),
        asked.connection(),
        asked.action(),
        asked.filter(),
        asked.before(),
        PAGE);
  }

  /** Writes one entry. */
  private interface Line {
    void write(Entry entry) throws IOException;
  }

  /**
   * Begins a file. The writer is not closed: closing it after a failure would end the answer as if
   * it were complete.
   */
  private static BufferedWriter file(HttpServletResponse response, String type, String name)
      throws IOException {
    response.setContentType(type);
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename(name).build().toString());
    return new BufferedWriter(
        new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
  }

  private void each(Search search, AuditTrail.Page first, Line line, BufferedWriter out)
      throws IOException {
    AuditTrail.Page page = first;
    while (true) {
      for (Entry it : page.entries()) {
        line.write(it);
      }
      out.flush();
      if (page.next() == null) {
        return;
      }
      page = trail.find(search.after(page.next()));
    }
  }
}
