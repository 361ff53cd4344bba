package io.gatehouse.admin.api;

import io.gatehouse.audit.AuditTrail.Entry;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;

/** One stream of server-sent events. */
final class ActivityStream {

  private static final Logger LOG = LoggerFactory.getLogger(ActivityStream.class);

  /** A reader that is further behind is disconnected, and connects again where it was. */
  private static final int MAX_WAITING = 1_000;

  private static final String BEAT = ": live\n\n";

  /** The browser does not connect again after this. */
  private static final String END = "event: end\ndata: end\n\n";

  private final ActivityStreams.Wish wish;
  private final ActivityStreams.Reader reader;
  private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
  private final NavigableSet<Long> sent = new TreeSet<>();
  private final @Nullable UUID holder;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile boolean over;
  private @Nullable AsyncContext context;

  /**
   * A stream.
   *
   * @param holder id of the administrator or token; null for the admin token of the data folder
   */
  ActivityStream(ActivityStreams.Wish wish, ActivityStreams.Reader reader, @Nullable UUID holder) {
    this.holder = holder;
    this.wish = wish;
    this.reader = reader;
  }

  boolean isOf(@Nullable UUID administrator) {
    return Objects.equals(holder, administrator);
  }

  UUID tenant() {
    return wish.wanted().tenant();
  }

  /**
   * Begins the answer.
   *
   * @param ended is called once, when the reader is gone or the stream has ended
   */
  void start(HttpServletRequest request, HttpServletResponse response, Runnable ended) {
    response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader("Cache-Control", "no-store");
    // Some proxies would wait for the end otherwise.
    response.setHeader("X-Accel-Buffering", "no");
    AsyncContext started = request.startAsync(request, response);
    started.setTimeout(0);
    started.addListener(new Ending(ended));
    context = started;
    waiting.add(BEAT);
  }

  /** The container tells when the reader is gone. */
  private record Ending(Runnable ended) implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
      ended.run();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      ended.run();
    }

    /** Else the container would dispatch to its error page, and log that this was refused. */
    @Override
    public void onError(AsyncEvent event) {
      try {
        event.getAsyncContext().complete();
      } catch (IllegalStateException e) {
        LOG.debug("A stream had ended already", e);
        ended.run();
      }
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }

  /**
   * Adds the entries that are wanted and were not sent.
   *
   * @param entries in their order
   * @param floor earlier ones are not offered again
   */
  void offer(List<Entry> entries, long floor) {
    sent.headSet(floor).clear();
    for (Entry entry : entries) {
      if (entry.id() > wish.after() && wish.wanted().includes(entry) && sent.add(entry.id())) {
        add(event(entry));
      }
    }
  }

  private String event(Entry entry) {
    String data = reader.text().apply(AuditView.withoutValues(entry)).strip();
    return "id: %d\nevent: entry\ndata: %s\n\n"
        .formatted(entry.id(), data.replaceAll("\\R", "\ndata: "));
  }

  /** Shows a sign of life, or ends the stream when its reader may not read on. */
  void beat() {
    boolean live = true;
    try {
      live = reader.mayGoOn().getAsBoolean();
    } catch (RuntimeException e) {
      LOG.debug("The reader of a stream is checked later", e);
    }
    add(live ? BEAT : END);
  }

  private void add(String text) {
    over |= !waiting.offer(text);
  }

  /** Whether something is to be written and no thread writes. */
  boolean isReady() {
    return (over || !waiting.isEmpty()) && !busy.get();
  }

  /** Writes what waits. */
  void write() {
    if (!busy.compareAndSet(false, true)) {
      return;
    }
    try {
      OutputStream out = context().getResponse().getOutputStream();
      for (String text = waiting.poll(); text != null && !over; text = waiting.poll()) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        over = text.equals(END);
      }
      out.flush();
    } catch (IOException | RuntimeException e) {
      LOG.debug("The reader of a stream is gone", e);
      over = true;
    }
    if (over) {
      complete();
    } else {
      busy.set(false);
    }
  }

  /** Ends the stream; the reader may connect again. */
  void end() {
    over = true;
    if (busy.compareAndSet(false, true)) {
      complete();
    }
  }

  private void complete() {
    try {
      context().complete();
    } catch (RuntimeException e) {
      LOG.debug("A stream had ended already", e);
    }
  }

  private AsyncContext context() {
    return Objects.requireNonNull(context);
  }
}
