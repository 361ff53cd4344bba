package io.gatehouse.security;

import io.gatehouse.audit.AuditLog;
import io.gatehouse.signin.RefusalLog;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps bursts of refusals in the audit log, in a thread of its own, and sums up the others. */
final class RefusalReports implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RefusalReports.class);
  private static final int SUMMARY_SECONDS = 10;

  private final AuditLog audit;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1,
          work -> {
            Thread daemon = new Thread(work, "refusal-reports");
            daemon.setDaemon(true);
            return daemon;
          });

  RefusalReports(AuditLog audit) {
    this.audit = audit;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // until the thread ends
  void summarize(RefusalLog log) {
    thread.scheduleAtFixedRate(log::summarize, SUMMARY_SECONDS, SUMMARY_SECONDS, TimeUnit.SECONDS);
  }

  void keep(AuditLog.Burst burst) {
    try {
      thread.execute(() -> append(burst));
    } catch (RejectedExecutionException e) {
      LOG.debug("The gateway is stopping", e);
    }
  }

  private void append(AuditLog.Burst burst) {
    try {
      audit.append(burst);
    } catch (RuntimeException e) {
      LOG.warn("A burst of refusals is in the log only, not in the audit log: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
