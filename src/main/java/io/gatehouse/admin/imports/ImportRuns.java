package io.gatehouse.admin.imports;

import io.gatehouse.admin.api.ProblemException;
import io.gatehouse.admin.api.TenantLookup;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Origin;
import io.gatehouse.command.OriginScope;
import io.gatehouse.directory.UserImport;
import io.gatehouse.scim.ScimException;
import io.gatehouse.security.CurrentAdministrator;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.tenant.Connections.Tenant;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Imports in two steps: a file is uploaded and tried without effect, and then imported. The file is
 * kept for half an hour, on this instance, for the administrator who uploaded it.
 */
@Component
public final class ImportRuns implements DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(ImportRuns.class);
  private static final Duration KEPT = Duration.ofMinutes(30);
  private static final int MAX_FILES = 20;

  /** Files of one administrator; the earliest makes room for another. */
  private static final int MAX_OWN = 4;

  private static final int THREADS = 2;

  private static final String FAILED =
      "Nothing was imported: the gateway failed; the reason is in its log.";

  private final Map<UUID, ImportRun> runs = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor work =
      new ThreadPoolExecutor(
          THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(MAX_FILES));
  private final UserFiles files;
  private final TenantLookup tenantLookup;
  private final AuditLog.Origins origins;
  private final Clock clock;

  ImportRuns(UserFiles files, TenantLookup tenantLookup, AuditLog.Origins origins, Clock clock) {
    this.files = files;
    this.tenantLookup = tenantLookup;
    this.origins = origins;
    this.clock = clock;
    work.allowCoreThreadTimeOut(true);
  }

  public record RefusedLine(long line, String userName, String detail) {}

  /**
   * The state of a run.
   *
   * @param lines how many were tried
   * @param percent of the file that was read
   * @param totals null until it has ended
   * @param refused the first thousand refused lines
   * @param error why the file cannot be imported at all, or null
   */
  public record RunView(
      UUID id,
      boolean dryRun,
      boolean running,
      long lines,
      int percent,
      UserImport.@Nullable Totals totals,
      List<RefusedLine> refused,
      @Nullable String error) {}

  /**
   * Receives a file, and begins its dry run.
   *
   * @param request a form of the type {@code multipart/form-data}
   */
  public UUID upload(String tenant, HttpServletRequest request) throws IOException {
    Tenant owner = tenantLookup.known(tenant);
    forget();
    Caller caller = Caller.admin(owner.id(), owner.slug(), CurrentAdministrator.get().actor());
    makeRoom(caller);
    if (runs.size() >= MAX_FILES) {
      throw ProblemException.tooMany("Too many files wait for their import; try again later.");
    }
    ImportRun run = new ImportRun(caller, Upload.received(request), clock.instant());
    runs.put(run.id(), run);
    CompletableFuture.delayedExecutor(KEPT.toSeconds() + 1, TimeUnit.SECONDS).execute(this::forget);
    begin(run, true);
    return run.id();
  }

  /** Begins the import of a file that was tried. */
  public void apply(String tenant, UUID id) {
    begin(known(tenant, id), false);
  }

  public RunView view(String tenant, UUID id) {
    return known(tenant, id).view();
  }

  private ImportRun known(String tenant, UUID id) {
    Tenant owner = tenantLookup.known(tenant);
    forget();
    ImportRun run = runs.get(id);
    if (run == null
        || !run.caller().tenant().equals(owner.id())
        || !run.caller().actor().equals(CurrentAdministrator.get().actor())) {
      throw ProblemException.notFound(
          "The file is no longer here, or another gateway has it; upload it again.");
    }
    return run;
  }

  private void begin(ImportRun run, boolean dryRun) {
    if (!run.begin(dryRun)) {
      throw ProblemException.conflict("The import of this file runs or has ended.");
    }
    try {
      Optional<Origin> origin = origins.get();
      work.execute(() -> run(run, origin));
    } catch (RejectedExecutionException e) {
      run.fail("Too many imports run at the moment; try again later.");
    }
  }

  private void run(ImportRun run, Optional<Origin> origin) {
    try (OriginScope scope = OriginScope.of(origin)) {
      run.end(files.run(run.caller(), run.isDryRun(), run.file(), run));
    } catch (ProblemException e) {
      run.fail(Objects.requireNonNullElse(e.getBody().getDetail(), "The file cannot be read."));
    } catch (ScimException e) {
      run.fail(e.refusal().detail());
    } catch (StoreUnavailableException e) {
      LOG.warn("An import failed", e);
      run.fail("The database went away. Look at the users before you import the file again.");
    } catch (IOException | RuntimeException e) {
      LOG.warn("An import failed", e);
      run.fail(FAILED);
    } finally {
      run.abandon(FAILED);
    }
    if (run.isImported()) {
      close(run);
    }
  }

  private void makeRoom(Caller caller) {
    List<ImportRun> own =
        runs.values().stream()
            .filter(it -> it.caller().equals(caller) && !it.view().running())
            .sorted(Comparator.comparing(ImportRun::uploadedAt))
            .toList();
    own.subList(0, Math.max(0, own.size() - MAX_OWN + 1)).forEach(this::remove);
  }

  private void forget() {
    Instant limit = clock.instant().minus(KEPT);
    for (ImportRun run : List.copyOf(runs.values())) {
      if (run.uploadedAt().isBefore(limit) && !run.view().running()) {
        remove(run);
      }
    }
  }

  private void remove(ImportRun run) {
    runs.remove(run.id());
    close(run);
  }

  private static void close(ImportRun run) {
    try {
      run.close();
    } catch (IOException e) {
      LOG.debug("A temporary file was not closed", e);
    }
  }

  @Override
  public void destroy() {
    work.shutdownNow();
    runs.values().forEach(ImportRuns::close);
  }
}
