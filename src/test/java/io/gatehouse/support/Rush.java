package io.gatehouse.support;

import io.gatehouse.support.Gateway.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Many calls at once, as fast as twenty clients can.
 *
 * @param slowest how long the slowest took
 */
public record Rush(List<Answer> answers, Duration slowest) {

  private static final int CLIENTS = 20;

  private record Timed(Answer answer, Duration time) {}

  /** Makes them; each is told its number. */
  public static Rush of(int calls, IntFunction<Answer> call) throws Exception {
    List<Callable<Timed>> work = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      int number = i;
      work.add(
          () -> {
            long start = System.nanoTime();
            Answer answer = call.apply(number);
            return new Timed(answer, Duration.ofNanos(System.nanoTime() - start));
          });
    }
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Answer> answers = new ArrayList<>();
      Duration slowest = Duration.ZERO;
      for (Future<Timed> one : clients.invokeAll(work)) {
        answers.add(one.get().answer());
        slowest = one.get().time().compareTo(slowest) > 0 ? one.get().time() : slowest;
      }
      return new Rush(answers, slowest);
    } finally {
      clients.shutdown();
    }
  }
}
