package io.gatehouse.benchmark;

import io.gatehouse.support.Gateway;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How long an import takes, and how much heap, for files of different sizes; in one run. */
class ImportBenchmark {

  private static final int WARM_UP = 2_000;

  @Test
  void importsFilesOfDifferentSizes() throws Exception {
    try (Gateway gateway = Gateway.start(Gateway.temporaryFolder())) {
      bring(gateway, WARM_UP);
      for (int lines : sizes()) {
        bring(gateway, lines);
      }
    }
  }

  private static int[] sizes() {
    return Stream.of(System.getProperty("lines", "5000,50000").split(","))
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private static void bring(Gateway gateway, int lines) throws Exception {
    Path file = file(lines);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(gateway.url("/admin/api/v1/users/import?tenant=" + gateway.tenant())))
            .header("Authorization", "Bearer " + Gateway.ADMIN_TOKEN)
            .header("Content-Type", "text/csv")
            .POST(BodyPublishers.ofFile(file))
            .build();
    try (HeapPeak heap = new HeapPeak()) {
      long start = System.nanoTime();
      int status = HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
      double seconds = (System.nanoTime() - start) / 1e9;
      if (status != 200) {
        throw new IOException("answered " + status);
      }
      System.out.printf(
          "BENCHMARK import of %,d lines, %.1f MB: %.1f s, %,.0f lines/s; heap left by collections at most"
              + " %d MB (%d MB before), of %d MB%n",
          lines,
          Files.size(file) / 1e6,
          seconds,
          lines / seconds,
          heap.most(),
          heap.before(),
          Runtime.getRuntime().maxMemory() >> 20);
    } finally {
      Files.delete(file);
    }
  }

  private static Path file(int lines) throws IOException {
    Path file = Files.createTempFile("import", ".csv");
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write(
          "userName,externalId,givenName,familyName,email,title,department,costCenter,active,"
              + "phoneNumbers[type eq \"work\"].value\r\n");
      for (int i = 0; i < lines; i++) {
        out.write(
            ("user%d@example.com,E-%d,Ada,\"Lovelace, the %dth\",user%d@example.com,Countess,"
                    + "Engines,C-%d,true,+44 20 %07d\r\n")
                .formatted(i, i, i, i, i % 100, i));
      }
    }
    return file;
  }
}
