package io.gatehouse.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.ScimClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/**
 * Changes that are sent when they are due, whether or not the ones before were answered, so that a
 * slow gateway cannot slow down what it is measured with.
 */
final class SteadyLoad {

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ScimClient idp;
  private final List<UUID> people;
  private final int perSecond;
  private final Map<String, Call> calls = new ConcurrentHashMap<>();

  SteadyLoad(ScimClient idp, List<UUID> people, int perSecond) {
    this.idp = idp;
    this.people = people;
    this.perSecond = perSecond;
  }

  /** One change: when it was due, answered and announced. */
  private static final class Call {
    private final long due;
    private volatile long answered;
    private volatile long received;

    Call(long due) {
      this.due = due;
    }
  }

  /**
   * What came of the changes.
   *
   * @param fromAnswer from the answer of SCIM to the event, 0 where the event was first
   * @param fromDue from the moment at which the call was due to the event
   */
  record Result(Latencies fromAnswer, Latencies fromDue) {}

  /** Hears an event of a subscriber. */
  void hear(JsonNode event) {
    Call call = calls.get(event.at("/data/resource/title").asText());
    if (call != null) {
      call.received = System.nanoTime();
    }
  }

  Result run(String round, int changes) throws InterruptedException {
    CountDownLatch open = new CountDownLatch(changes);
    long start = System.nanoTime();
    for (int n = 0; n < changes; n++) {
      long due = start + n * (1_000_000_000L / perSecond);
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      Call call = new Call(due);
      calls.put(round + n, call);
      http.sendAsync(request(round + n, n), HttpResponse.BodyHandlers.ofString())
          .thenAccept(
              it -> {
                call.answered = System.nanoTime();
                open.countDown();
              });
    }
    if (!open.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException(open.getCount() + " changes were not answered");
    }
    return result();
  }

  private HttpRequest request(String title, int n) {
    String patch = "{\"op\":\"add\",\"path\":\"title\",\"value\":\"%s\"}".formatted(title);
    UUID person = people.get(n % people.size());
    return HttpRequest.newBuilder(URI.create(idp.gateway().url("/scim/v2/Users/" + person)))
        .header("Authorization", "Bearer " + idp.token())
        .header("Content-Type", "application/scim+json")
        .method("PATCH", HttpRequest.BodyPublishers.ofString(Json.text(ScimClient.patch(patch))))
        .build();
  }

  private Result result() {
    Awaitility.await().until(() -> calls.values().stream().allMatch(it -> it.received > 0));
    Result result = new Result(new Latencies(), new Latencies());
    for (Call call : calls.values()) {
      result.fromAnswer.add(Math.max(0, call.received - call.answered));
      result.fromDue.add(call.received - call.due);
    }
    calls.clear();
    return result;
  }
}
