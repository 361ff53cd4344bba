package io.gatehouse.admin.api;

import io.gatehouse.audit.ActivityLog;
import io.gatehouse.audit.AuditTrail.Entry;
import io.gatehouse.security.CurrentAdministrator;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Component;

/**
 * The open streams of activity. Once a second, one query for each tenant that is watched serves all
 * of its streams; between two queries no stream holds a thread or a connection of the database.
 */
@Component
public final class ActivityStreams implements ApplicationListener<ContextClosedEvent> {

  /** In place of an entry: a stream that begins with the next one. */
  public static final long NOW = Long.MAX_VALUE;

  private static final Logger LOG = LoggerFactory.getLogger(ActivityStreams.class);
  private static final int MAX_STREAMS = 50;

  /** So that no administrator, and no page that is open many times, takes all of them. */
  private static final int MAX_OF_ONE = 20;

  /** More new entries than this in a second are too many to be read, and some are left out. */
  private static final int AT_ONCE = 300;

  /**
   * An entry may become visible after a later one, by this many ids, because transactions commit in
   * another order.
   */
  private static final long LOOK_BACK = 500;

  /** Seconds between two signs of life, at which it is also checked who reads. */
  private static final int HEARTBEAT = 15;

  private static final long IDLE_SECONDS = 30;

  private final ActivityLog activityLog;
  private final List<ActivityStream> streams = Collections.synchronizedList(new ArrayList<>());
  private final Map<UUID, Long> seen = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(ActivityStreams::thread);

  /** A slow reader holds one of these threads, and no other reader. */
  private final ThreadPoolExecutor writers =
      new ThreadPoolExecutor(
          0,
          MAX_STREAMS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          ActivityStreams::thread);

  private final ScheduledFuture<?> ticking;
  private long ticks;
  private volatile boolean closed;

  ActivityStreams(ActivityLog activityLog) {
    this.activityLog = activityLog;
    ticking = clock.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "activity");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * What a stream shows.
   *
   * @param after only later entries than this one, or {@link #NOW}
   */
  public record Wish(ActivityLog.Wanted wanted, long after) {}

  /**
   * The reader of a stream.
   *
   * @param text the data of an event
   * @param mayGoOn whether the session or token is still good; asked every fifteen seconds
   */
  public record Reader(Function<AuditView, String> text, BooleanSupplier mayGoOn) {}

  /**
   * Opens a stream that outlives this call.
   *
   * @throws ProblemException 503 when there are as many as allowed, of all or of this administrator
   */
  public void open(
      Wish wish, Reader reader, HttpServletRequest request, HttpServletResponse response) {
    UUID tenant = wish.wanted().tenant();
    long after = wish.after() == NOW ? last(tenant) : wish.after();
    @Nullable UUID holder = CurrentAdministrator.get().id();
    ActivityStream stream = new ActivityStream(new Wish(wish.wanted(), after), reader, holder);
    synchronized (streams) {
      requireRoom(holder);
      stream.start(request, response, () -> streams.remove(stream));
      seen.merge(tenant, after, Math::min);
      streams.add(stream);
    }
    write(stream);
  }

  private void requireRoom(@Nullable UUID holder) {
    if (closed || streams.size() >= MAX_STREAMS) {
      throw ProblemException.unavailable(
          "There are %d live streams already; close one and try again.".formatted(MAX_STREAMS));
    }
    long mine = streams.stream().filter(it -> it.isOf(holder)).count();
    if (holder != null && mine >= MAX_OF_ONE) {
      throw ProblemException.unavailable(
          "You have %d live streams already; close one and try again.".formatted(MAX_OF_ONE));
    }
  }

  private long last(UUID tenant) {
    return activityLog.latest(ActivityLog.Wanted.all(tenant), 0, 1).stream()
        .mapToLong(Entry::id)
        .findFirst()
        .orElse(0);
  }

  private void tick() {
    ticks++;
    List<ActivityStream> open = List.copyOf(streams);
    seen.keySet().removeIf(it -> open.stream().noneMatch(stream -> stream.tenant().equals(it)));
    for (UUID tenant : open.stream().map(ActivityStream::tenant).distinct().toList()) {
      try {
        look(tenant, open);
      } catch (RuntimeException e) {
        LOG.debug("The activity of the tenant {} is read later", tenant, e);
      }
    }
    for (ActivityStream stream : open) {
      if (ticks % HEARTBEAT == 0) {
        stream.beat();
      }
      write(stream);
    }
  }

  private void look(UUID tenant, List<ActivityStream> open) {
    long from = seen.getOrDefault(tenant, 0L) - LOOK_BACK;
    List<Entry> found =
        new ArrayList<>(activityLog.latest(ActivityLog.Wanted.all(tenant), from, AT_ONCE));
    Collections.reverse(found);
    for (ActivityStream stream : open) {
      if (stream.tenant().equals(tenant)) {
        stream.offer(found, from);
      }
    }
    if (!found.isEmpty()) {
      seen.put(tenant, found.get(found.size() - 1).id());
    }
  }

  private void write(ActivityStream stream) {
    try {
      if (stream.isReady()) {
        writers.execute(stream::write);
      }
    } catch (RejectedExecutionException e) {
      LOG.debug("A stream of activity is written later", e);
    }
  }

  /** Ends all streams, so that none holds up the shutdown. */
  @Override
  public void onApplicationEvent(ContextClosedEvent event) {
    closed = true;
    ticking.cancel(false);
    clock.shutdown();
    List.copyOf(streams).forEach(ActivityStream::end);
    writers.shutdown();
  }
}
