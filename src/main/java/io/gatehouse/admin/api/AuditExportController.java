package io.gatehouse.admin.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.AuditController.Wanted;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.AuditTrail.Entry;
import io.gatehouse.audit.AuditTrail.Search;
import io.gatehouse.scim.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * {@code /audit.csv} and {@code /audit.ndjson}: all entries that a search finds, read page by page
 * while they are sent. Without a tenant, the entries that belong to none.
 */
@RestController
@RequestMapping("/admin/api/v1")
public final class AuditExportController {

  private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);
  private static final int PAGE = 500;

  private static final String[] COLUMNS = {
    "id", "at", "actor", "action", "status", "connection", "resource", "command", "address",
    "credential", "reason", "refused"
  };

  private final AuditTrail trail;
  private final TenantLookup tenantLookup;

  AuditExportController(AuditTrail trail, TenantLookup tenantLookup) {
    this.trail = trail;
    this.tenantLookup = tenantLookup;
  }

  @Requires(Role.AUDITOR)
  @GetMapping("/audit.csv")
  public ResponseEntity<StreamingResponseBody> csv(Wanted wanted) {
    Search search = search(wanted);
    return file(
        CSV,
        "audit.csv",
        out -> {
          CSVPrinter csv = new CSVPrinter(out, CSVFormat.RFC4180);
          csv.printRecord((Object[]) COLUMNS);
          each(search, it -> csv.printRecord(line(it)), out);
        });
  }

  @Requires(Role.AUDITOR)
  @GetMapping("/audit.ndjson")
  public ResponseEntity<StreamingResponseBody> ndjson(Wanted wanted) {
    Search search = search(wanted);
    return file(
        MediaType.APPLICATION_NDJSON,
        "audit.ndjson",
        out -> each(search, it -> out.append(Json.text(json(it))).append('\n'), out));
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

  /** Writes to the client. */
  private interface Content {
    void write(BufferedWriter out) throws IOException;
  }

  /** Writes one entry. */
  private interface Line {
    void write(Entry entry) throws IOException;
  }

  private static ResponseEntity<StreamingResponseBody> file(
      MediaType type, String name, Content content) {
    StreamingResponseBody body =
        stream -> {
          BufferedWriter out =
              new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
          content.write(out);
          out.flush();
        };
    return ResponseEntity.ok()
        .contentType(type)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(name).build().toString())
        .body(body);
  }

  private void each(Search search, Line line, BufferedWriter out) throws IOException {
    Search next = search;
    while (true) {
      AuditTrail.Page page = trail.find(next);
      for (Entry it : page.entries()) {
        line.write(it);
      }
      out.flush();
      if (page.next() == null) {
        return;
      }
      next = next.after(page.next());
    }
  }

  private static List<String> line(Entry it) {
    return List.of(
        String.valueOf(it.id()),
        it.at().toString(),
        cell(it.actor()),
        cell(it.action()),
        String.valueOf(it.status()),
        cell(it.connection()),
        cell(it.resource()),
        cell(it.command()),
        cell(it.address()),
        cell(it.credential()),
        cell(Json.text(it.detail(), "reason")),
        cell(Json.text(it.detail(), "refused")));
  }

  /** A spreadsheet takes a cell that begins with one of these characters for a formula. */
  private static String cell(@Nullable Object value) {
    String text = Objects.toString(value, "");
    return text.isEmpty() || "=+-@\t\r".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
  }

  private static ObjectNode json(Entry entry) {
    return Json.MAPPER.valueToTree(AuditView.withoutValues(entry));
  }
}
