package io.gatehouse.admin.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.directory.UserImport;
import io.gatehouse.directory.UserImport.Status;
import io.gatehouse.directory.UserImport.Totals;
import io.gatehouse.scim.Json;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The result of each line of an import. All results are written to a temporary file until the
 * answer is known; only the first refused lines are held in memory.
 */
final class ImportReport implements Consumer<UserImport.Result>, Closeable {

  private static final int MAX_REFUSED = 1_000;

  private final boolean dryRun;
  private final Spool spool;
  private final OutputStream results;
  private final List<String> refused = new ArrayList<>();
  private boolean empty = true;

  ImportReport(boolean dryRun) throws IOException {
    this.dryRun = dryRun;
    this.spool = Spool.open();
    this.results = new BufferedOutputStream(spool.appended());
  }

  @Override
  public void accept(UserImport.Result result) {
    String json = Json.text(json(result));
    if (result.status() == Status.REFUSED && refused.size() < MAX_REFUSED) {
      refused.add(json);
    }
    try {
      write(results, empty ? json : "," + json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    empty = false;
  }

  /** Without the id of a created user in a dry run, because the user does not keep it. */
  private ObjectNode json(UserImport.Result result) {
    ObjectNode json = Json.object().put("line", result.line().number());
    String userName = result.line().userName();
    if (userName != null) {
      json.put("userName", userName);
    }
    json.put("status", result.status().name().toLowerCase(Locale.ROOT));
    UUID id = result.id();
    if (id != null && !(dryRun && result.status() == Status.CREATED)) {
      json.put("id", id.toString());
    }
    return result.detail() == null ? json : json.put("detail", result.detail());
  }

  /** The answer about a completed import or a dry run: the results of all lines. */
  void writeAll(Totals totals, OutputStream out) throws IOException {
    results.flush();
    write(out, opened(counts(Json.object(), totals)));
    spool.copyTo(out);
    write(out, "]}");
  }

  /** The answer about a refused import: a problem (RFC 9457) with the refused lines. */
  void writeRefused(Totals totals, OutputStream out) throws IOException {
    ObjectNode problem =
        Json.object()
            .put("title", "Unprocessable Content")
            .put("status", 422)
            .put(
                "detail",
                "Nothing was imported, because %d of %d lines are refused."
                    .formatted(totals.refused(), totals.lines()));
    counts(problem, new Totals(0, 0, totals.refused())).put("lines", totals.lines());
    if (totals.refused() > refused.size()) {
      problem.put("truncated", true);
    }
    write(out, opened(problem));
    write(out, String.join(",", refused));
    write(out, "]}");
  }

  private ObjectNode counts(ObjectNode json, Totals totals) {
    return json.put("dryRun", dryRun)
        .put("lines", totals.lines())
        .put("created", totals.created())
        .put("restored", totals.restored())
        .put("refused", totals.refused());
  }

  /** The JSON object, left open for the array of results. */
  private static String opened(ObjectNode json) {
    String text = Json.text(json);
    return text.substring(0, text.length() - 1) + ",\"results\":[";
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    spool.close();
  }
}
