package io.gatehouse.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Many clients that do the same thing as fast as they can. */
final class Load {

  private Load() {}

  /** Work number {@code n}. */
  interface Work {
    void run(int n) throws Exception;
  }

  /** How often the work was done in a second, by all clients together. */
  static double perSecond(int clients, int total, Work work) throws Exception {
    AtomicInteger next = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    long start = System.nanoTime();
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      running.add(
          threads.submit(
              (Callable<Void>)
                  () -> {
                    for (int n = next.getAndIncrement(); n < total; n = next.getAndIncrement()) {
                      work.run(n);
                    }
                    return null;
                  }));
    }
    for (Future<?> one : running) {
      one.get();
    }
    threads.shutdown();
    return total / ((System.nanoTime() - start) / 1e9);
  }

  /** Sends JSON on a kept-alive connection and reads the whole answer, which must be 201. */
  static void post(String url, String token, String body) throws IOException {
    HttpURLConnection call = (HttpURLConnection) URI.create(url).toURL().openConnection();
    call.setRequestMethod("POST");
    call.setRequestProperty("Authorization", "Bearer " + token);
    call.setRequestProperty("Content-Type", "application/scim+json");
    call.setDoOutput(true);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    call.setFixedLengthStreamingMode(bytes.length);
    call.getOutputStream().write(bytes);
    if (call.getResponseCode() != 201) {
      throw new IOException("answered " + call.getResponseCode() + ": " + text(call));
    }
    try (InputStream in = call.getInputStream()) {
      in.readAllBytes();
    }
  }

  private static String text(HttpURLConnection call) throws IOException {
    try (InputStream in = call.getErrorStream()) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
