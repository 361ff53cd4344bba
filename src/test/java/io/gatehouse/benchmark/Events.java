package io.gatehouse.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.benchmark.Wire.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;

/** When users were answered, and when a subscriber heard of them. */
final class Events {

  private final Map<String, Long> answered = new ConcurrentHashMap<>();
  private final Map<String, Long> heard = new ConcurrentHashMap<>();
  private double last;

  void hear(JsonNode event) {
    String subject = event.path("subject").asText();
    heard.putIfAbsent(subject.substring(subject.lastIndexOf('/') + 1), System.nanoTime());
  }

  Load.Work of(Load.Work create) {
    return wire -> {
      Answer answer = create.once(wire);
      answered.put(answer.id(), System.nanoTime());
      return answer;
    };
  }

  /** Waits for the events of all users so far, and forgets them; 0 where the event was first. */
  Latencies fromAnswer() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(10))
        .until(() -> heard.keySet().containsAll(answered.keySet()));
    Latencies latencies = new Latencies();
    long newest = Long.MIN_VALUE;
    for (Map.Entry<String, Long> each : answered.entrySet()) {
      long lag = Math.max(0, heard.get(each.getKey()) - each.getValue());
      latencies.add(lag);
      if (each.getValue() > newest) {
        newest = each.getValue();
        last = lag / 1e6;
      }
    }
    answered.clear();
    heard.clear();
    return latencies;
  }

  /** The milliseconds from the last answer to its event. */
  double last() {
    return last;
  }
}
