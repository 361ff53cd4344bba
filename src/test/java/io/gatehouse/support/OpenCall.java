package io.gatehouse.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A call whose connection stays open, and whose body need not be sent as a whole. */
public final class OpenCall implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;
  private String answer = "";

  private OpenCall(Socket socket) {
    this.socket = socket;
  }

  /** Sends a head that announces so many bytes, and the beginning of a body. */
  public static OpenCall of(
      Gateway gateway, String line, String token, String announced, String body) {
    OpenCall call = connected(gateway);
    call.send(head(line, token) + "Content-Length: " + announced + "\r\n\r\n" + body);
    return call;
  }

  /** The same with one more header, and without a token. */
  public static OpenCall with(Gateway gateway, String line, String header, String announced) {
    OpenCall call = connected(gateway);
    call.send(head(line, "") + header + "\r\nContent-Length: " + announced + "\r\n\r\n{");
    return call;
  }

  /** Sends so many bytes without saying how many, and no end. */
  public static OpenCall chunked(Gateway gateway, String line, String token, int bytes) {
    OpenCall call = connected(gateway);
    call.send(head(line, token) + "Transfer-Encoding: chunked\r\n\r\n");
    call.send(Integer.toHexString(bytes) + "\r\n" + " ".repeat(bytes) + "\r\n");
    return call;
  }

  private static OpenCall connected(Gateway gateway) {
    try {
      Socket socket = new Socket("localhost", URI.create(gateway.url("/")).getPort());
      socket.setSoTimeout(PATIENCE_MILLIS);
      return new OpenCall(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String head(String line, String token) {
    String credential = token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
    return line + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + credential;
  }

  private void send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends another call on the same connection. */
  public void again(String line, String token) {
    answer = "";
    send(head(line, token) + "\r\n");
  }

  /** Waits for the answer. */
  public int status() {
    return Integer.parseInt(answer().substring(9, 12));
  }

  /** Waits for the answer: its head, and a body whose length the head says. */
  public String answer() {
    if (answer.isEmpty()) {
      try {
        answer = read(socket.getInputStream());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return answer;
  }

  private static String read(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!bytes.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("The connection ends without an answer: " + bytes);
      }
      bytes.write(next);
    }
    String head = bytes.toString(StandardCharsets.UTF_8);
    return head + new String(in.readNBytes(length(head)), StandardCharsets.UTF_8);
  }

  private static int length(String head) {
    return head.lines()
        .filter(it -> it.toLowerCase(Locale.ROOT).startsWith("content-length:"))
        .mapToInt(it -> Integer.parseInt(it.substring("content-length:".length()).strip()))
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Many at once. */
  public record Many(List<OpenCall> all) implements AutoCloseable {
    @Override
    public void close() {
      all.forEach(OpenCall::close);
    }
  }

  public static Many many(
      int count, Gateway gateway, String line, String token, String announced, String body) {
    List<OpenCall> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      calls.add(of(gateway, line, token, announced, body));
    }
    return new Many(calls);
  }
}
