package io.gatehouse.postgres;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.camel.PartsDown;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL keeps its connections and answers nothing; calls are answered all the same. */
class FrozenDatabaseTest {

  private static final Duration WRITES = Duration.ofSeconds(20);
  private static final Duration READS = Duration.ofSeconds(12);

  @TempDir Path folder;

  private record Timed(Answer answer, Duration time) {}

  @Test
  void answersWritesReadsAndHealthInTime() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (PartsDown scene = new PartsDown(folder)) {
      ScimClient idp = scene.idp();
      UUID ada = idp.create(user("ada@example.com")).id();
      List<CompletableFuture<Timed>> writes = new ArrayList<>();
      List<CompletableFuture<Timed>> reads = new ArrayList<>();
      scene.database().freeze();
      try {
        for (int i = 0; i < 20; i++) {
          String name = "user" + i + "@example.com";
          writes.add(timed(threads, () -> idp.create(user(name))));
          reads.add(timed(threads, () -> idp.get(ada)));
        }

        assertThat(scene.health().awaitDown()).containsExactly("database");
        reads.forEach(it -> require(it.join(), READS));
        writes.forEach(it -> require(it.join(), WRITES));
        System.out.println("FROZEN reads " + slowest(reads) + ", writes " + slowest(writes));
      } finally {
        scene.database().thaw();
      }
      scene.health().awaitReady();
      assertThat(idp.get(ada).status()).isEqualTo(200);
    } finally {
      threads.shutdownNow();
    }
  }

  private static CompletableFuture<Timed> timed(ExecutorService threads, Supplier<Answer> call) {
    return CompletableFuture.supplyAsync(
        () -> {
          long start = System.nanoTime();
          Answer answer = call.get();
          return new Timed(answer, Duration.ofNanos(System.nanoTime() - start));
        },
        threads);
  }

  private static void require(Timed one, Duration limit) {
    assertThat(one.answer().status()).isEqualTo(503);
    assertThat(one.answer().header("Retry-After")).isNotEmpty();
    assertThat(one.time()).isLessThan(limit);
  }

  private static Duration slowest(List<CompletableFuture<Timed>> calls) {
    return calls.stream().map(it -> it.join().time()).max(Duration::compareTo).orElseThrow();
  }
}
