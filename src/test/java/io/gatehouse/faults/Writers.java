package io.gatehouse.faults;

import static io.gatehouse.support.ScimClient.user;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.faults.History.Action;
import io.gatehouse.faults.History.Call;
import io.gatehouse.faults.History.Kind;
import io.gatehouse.faults.History.Result;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Groups of clients. The clients of a group write and read the same user at once, then the group
 * goes on with a new user; some users are deleted and erased.
 */
final class Writers {

  private static final int GROUPS = 4;
  private static final int CLIENTS = 3;
  private static final int CALLS = 8;

  /** After so many calls without an answer, a group leaves its user alone. */
  private static final int UNKNOWN = 6;

  private static final long MOMENT_NANOS = 20_000_000;
  private static final long PAUSE_NANOS = 400_000_000;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Written> written = new ConcurrentLinkedQueue<>();
  private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
  private final AtomicInteger users = new AtomicInteger();
  private final AtomicInteger values = new AtomicInteger();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final CountDownLatch done = new CountDownLatch(1);
  private final Supplier<ScimClient> idp;
  private final BooleanSupplier ready;
  private final String prefix;
  private final Supplier<Duration> rest;
  private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);
  private volatile boolean erasing;
  private final List<Future<?>> groups;

  private Writers(
      Supplier<ScimClient> idp, BooleanSupplier ready, String prefix, Supplier<Duration> rest) {
    this.idp = idp;
    this.ready = ready;
    this.prefix = prefix;
    this.rest = rest;
    this.groups =
        IntStream.range(0, GROUPS).<Future<?>>mapToObj(it -> threads.submit(this::group)).toList();
  }

  /**
   * Begins to write.
   *
   * @param idp the client of one gateway or another, for each call
   * @param ready whether a gateway takes requests
   * @param prefix of the names of the users
   * @param rest how long a client pauses after a call, on average, at the moment
   */
  static Writers begin(
      Supplier<ScimClient> idp, BooleanSupplier ready, String prefix, Supplier<Duration> rest) {
    return new Writers(idp, ready, prefix, rest);
  }

  /** From now on, each user is deleted and erased, or some are. */
  void eraseAll(boolean all) {
    erasing = all;
  }

  /** Whether a write was acknowledged that began after this time. */
  boolean hasWrittenSince(long nanos) {
    return latest.get() > nanos;
  }

  /** Ends with the calls that are under way. */
  void end() throws Exception {
    done.countDown();
    for (Future<?> each : groups) {
      each.get(5, TimeUnit.MINUTES);
    }
    threads.shutdown();
  }

  List<Written> written() {
    return List.copyOf(written);
  }

  /** Answers that no call may get. */
  List<String> unexpected() {
    return List.copyOf(unexpected);
  }

  int acknowledged() {
    return acknowledged.get();
  }

  int unanswered() {
    return unanswered.get();
  }

  private boolean isDone() {
    return done.getCount() == 0;
  }

  private void group() {
    while (!isDone()) {
      Written next = create();
      if (next != null) {
        written.add(next);
        together(next);
        leave(next);
      }
    }
  }

  private Written create() {
    String name = prefix + "-" + users.incrementAndGet() + "@example.com";
    long invoked = System.nanoTime();
    try {
      Answer created = idp.get().create(user(name).put("title", "0"));
      if (created.status() == 201) {
        acknowledge(invoked);
        return new Written(created.id(), name, new History());
      }
      if (created.status() != 503) {
        unexpected.add("POST " + created.status() + " " + created.http().body());
      }
    } catch (RuntimeException e) {
      // the gateway is away, as it should be
    }
    awaitReady();
    return null;
  }

  private void together(Written user) {
    boolean deletes = erasing || new Random().nextInt(4) == 0;
    List<? extends Future<?>> clients =
        IntStream.range(0, CLIENTS)
            .mapToObj(it -> threads.submit(() -> client(it, user, deletes && it == 0)))
            .toList();
    for (Future<?> each : clients) {
      try {
        each.get();
      } catch (Exception e) {
        unexpected.add(e.toString());
      }
    }
  }

  private void client(int client, Written user, boolean deletes) {
    Random random = new Random();
    int unknown = 0;
    int calls = erasing ? 1 : CALLS;
    for (int i = 0; i < calls && unknown < UNKNOWN / CLIENTS && !isDone(); i++) {
      unknown += call(client, user, action(random)) == Result.INFO ? 1 : 0;
      rest(2 * random.nextDouble());
    }
    if (deletes) {
      call(client, user, new Action(Kind.DELETE, null));
    }
  }

  /** As long as it takes at the moment, and no longer. */
  private void rest(double share) {
    long start = System.nanoTime();
    while (!isDone() && System.nanoTime() - start < share * rest.get().toNanos()) {
      LockSupport.parkNanos(MOMENT_NANOS);
    }
  }

  private Action action(Random random) {
    int draw = random.nextInt(10);
    if (draw < 3) {
      return new Action(Kind.READ, null);
    }
    return draw < 8
        ? new Action(Kind.TITLE, "t" + values.incrementAndGet())
        : new Action(Kind.ACTIVE, String.valueOf(random.nextBoolean()));
  }

  /** Reads the user once more; about every second one who was deleted is erased. */
  private void leave(Written user) {
    Result last = read(user);
    if (last == Result.GONE && (erasing || new Random().nextBoolean())) {
      erase(user.id());
    }
  }

  /** Reads a user. */
  Result read(Written user) {
    return call(0, user, new Action(Kind.READ, null));
  }

  private void erase(UUID id) {
    try {
      Answer erased = idp.get().gateway().admin("POST", "/users/" + id + "/erase", null);
      if (erased.status() == 204) {
        acknowledged.incrementAndGet();
      } else if (erased.status() != 503) {
        unexpected.add("erase " + erased.status() + " " + erased.http().body());
      }
    } catch (RuntimeException e) {
      awaitReady();
    }
  }

  private Result call(int client, Written user, Action action) {
    long invoked = System.nanoTime();
    try {
      Answer answer = send(user.id(), action);
      return record(user, new Seen(client, action, invoked, System.nanoTime()), answer);
    } catch (RuntimeException e) {
      boolean sent = !isRefused(e) && action.kind() != Kind.READ;
      if (sent) {
        add(user, new Call(client, action, invoked, History.NEVER, Result.INFO, null));
      }
      awaitReady();
      return sent ? Result.INFO : Result.FAIL;
    }
  }

  /** When a call was made, by which client. */
  private record Seen(int client, Action action, long invoked, long returned) {
    Call as(Result result, UserState state) {
      return new Call(
          client, action, invoked, result == Result.INFO ? History.NEVER : returned, result, state);
    }
  }

  private Result record(Written user, Seen seen, Answer answer) {
    Call call =
        switch (answer.status()) {
          case 200 -> seen.as(Result.OK, state(answer.json()));
          case 204 -> seen.as(Result.OK, null);
          case 404 -> seen.as(Result.GONE, null);
          case 429 -> seen.as(Result.FAIL, null);
          default -> seen.as(Result.INFO, null);
        };
    if (call.result() == Result.INFO && answer.status() != 503) {
      unexpected.add(seen + " " + answer.status() + " " + answer.http().body());
    }
    if (call.result() != Result.INFO || call.action().kind() != Kind.READ) {
      add(user, call);
    }
    if (call.result() == Result.INFO) {
      awaitReady();
    }
    return call.result();
  }

  private void add(Written user, Call call) {
    user.history().add(call);
    if (call.action().kind() != Kind.READ) {
      if (call.result() == Result.INFO) {
        unanswered.incrementAndGet();
      } else if (call.result() == Result.OK) {
        acknowledge(call.invoked());
      }
    }
  }

  private void acknowledge(long invoked) {
    acknowledged.incrementAndGet();
    latest.accumulateAndGet(invoked, Math::max);
  }

  private Answer send(UUID id, Action action) {
    ScimClient client = idp.get();
    return switch (action.kind()) {
      case READ -> client.get(id);
      case TITLE -> client.patch(id, replace("title", "\"" + action.value() + "\""));
      case ACTIVE -> client.patch(id, replace("active", action.value()));
      case DELETE -> client.delete(id);
    };
  }

  private static String replace(String path, String value) {
    return "{\"op\":\"replace\",\"path\":\"%s\",\"value\":%s}".formatted(path, value);
  }

  private static UserState state(JsonNode user) {
    return new UserState(
        Long.parseLong(user.at("/meta/version").asText().replaceAll("\\D", "")),
        user.path("title").asText(),
        user.path("active").asBoolean(true),
        true);
  }

  /** Whether there was no connection, so that nothing was sent. */
  private static boolean isRefused(Throwable e) {
    return e instanceof ConnectException || (e.getCause() != null && isRefused(e.getCause()));
  }

  private void awaitReady() {
    LockSupport.parkNanos(PAUSE_NANOS / 4);
    while (!isDone() && !ready.getAsBoolean()) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
