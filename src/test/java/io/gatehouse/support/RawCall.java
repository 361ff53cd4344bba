package io.gatehouse.support;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What comes back for bytes that no HTTP client would send. */
public record RawCall(int status, String head, String body) {

  private static final int PATIENCE_MILLIS = 10_000;

  /** Sends a request with its last lines left out, which ask to close the connection. */
  public static RawCall send(Gateway gateway, String request) {
    try (Socket socket = new Socket("localhost", URI.create(gateway.url("/")).getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      String whole = request + "Connection: close\r\n\r\n";
      socket.getOutputStream().write(whole.getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String[] parts = answer.split("\r\n\r\n", 2);
      return new RawCall(Integer.parseInt(parts[0].substring(9, 12)), parts[0], parts[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String header(String name) {
    return head.lines()
        .filter(
            line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  public JsonNode json() {
    return Json.stored(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
  }
}
