package io.gatehouse.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that nobody listens at. */
public final class Ports {

  /** Below those of outgoing connections, which could take the port of a process that is away. */
  private static final int FIRST = 10_000;

  private static final int LAST = 32_767;

  private Ports() {}

  public static int free() {
    int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.getLocalPort();
    } catch (BindException e) {
      return free();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
