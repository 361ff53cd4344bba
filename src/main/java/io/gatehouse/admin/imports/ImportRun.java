package io.gatehouse.admin.imports;

import io.gatehouse.command.Caller;
import io.gatehouse.directory.UserImport;
import io.gatehouse.directory.UserImport.Status;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A file that an administrator has uploaded, and its dry run or import. */
final class ImportRun implements Consumer<UserImport.Result>, Closeable {

  private static final int MAX_REFUSED = 1_000;

  private final UUID id = UUID.randomUUID();
  private final Caller caller;
  private final Instant uploadedAt;
  private final Spool file;
  private final List<ImportRuns.RefusedLine> refused = new ArrayList<>();
  private boolean dryRun = true;
  private boolean running;
  private long lines;
  private UserImport.@Nullable Totals totals;
  private @Nullable String error;

  ImportRun(Caller caller, Spool file, Instant uploadedAt) {
    this.caller = caller;
    this.file = file;
    this.uploadedAt = uploadedAt;
  }

  UUID id() {
    return id;
  }

  Caller caller() {
    return caller;
  }

  Spool file() {
    return file;
  }

  Instant uploadedAt() {
    return uploadedAt;
  }

  /** Begins anew; false while it runs, or when the file was imported. */
  synchronized boolean begin(boolean dry) {
    if (running || isImported()) {
      return false;
    }
    dryRun = dry;
    running = true;
    lines = 0;
    totals = null;
    error = null;
    refused.clear();
    return true;
  }

  synchronized boolean isDryRun() {
    return dryRun;
  }

  @Override
  public synchronized void accept(UserImport.Result result) {
    lines++;
    if (result.status() == Status.REFUSED && refused.size() < MAX_REFUSED) {
      refused.add(
          new ImportRuns.RefusedLine(
              result.line().number(),
              Objects.requireNonNullElse(result.line().userName(), ""),
              Objects.requireNonNullElse(result.detail(), "")));
    }
  }

  synchronized void end(UserImport.Totals all) {
    totals = all;
    running = false;
  }

  synchronized void fail(String why) {
    error = why;
    running = false;
  }

  /** Ends a run that has ended in no other way, so that it does not seem to run for ever. */
  synchronized void abandon(String why) {
    if (running) {
      fail(why);
    }
  }

  /** Whether it was imported, so that the file is not needed any more. */
  synchronized boolean isImported() {
    return !dryRun && totals != null && totals.refused() == 0;
  }

  synchronized ImportRuns.RunView view() {
    return new ImportRuns.RunView(
        id, dryRun, running, lines, file.readPercent(), totals, List.copyOf(refused), error);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
