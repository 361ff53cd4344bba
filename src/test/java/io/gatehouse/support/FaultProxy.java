package io.gatehouse.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A TCP proxy on a port of its own, whose connections can be made to fail. */
public final class FaultProxy implements AutoCloseable {

  /** Where bytes flow. */
  public enum Direction {
    REQUEST,
    ANSWER
  }

  private static final int BUFFER = 16 * 1024;

  private final ExecutorService threads = Executors.newCachedThreadPool(FaultProxy::thread);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<Direction> silent = EnumSet.noneOf(Direction.class);
  private final ServerSocket server;
  private final InetSocketAddress target;
  private Duration delay = Duration.ZERO;
  private boolean refusing;
  private boolean cutting;

  private FaultProxy(ServerSocket server, InetSocketAddress target) {
    this.server = server;
    this.target = target;
  }

  /** Starts one that passes everything on to a port of this host. */
  public static FaultProxy to(int port) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    ServerSocket server = new ServerSocket(0, 50, here);
    FaultProxy proxy = new FaultProxy(server, new InetSocketAddress(here, port));
    proxy.threads.execute(proxy::accept);
    return proxy;
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Ends every fault; bytes that were held back go on. */
  public synchronized void heal() {
    silent.clear();
    delay = Duration.ZERO;
    refusing = false;
    cutting = false;
    notifyAll();
  }

  /** Holds back all bytes of these directions; connections stay open and new ones are accepted. */
  public synchronized void silence(Direction first, Direction... others) {
    silent.addAll(EnumSet.of(first, others));
  }

  /** Holds back each piece of an answer for a time. */
  public synchronized void delay(Duration time) {
    delay = time;
  }

  /** Resets the connections, and new ones at once. */
  public void refuse() {
    synchronized (this) {
      refusing = true;
    }
    reset();
  }

  /** Passes requests on, and resets the connection instead of passing on the answer. */
  public synchronized void cutAnswers() {
    cutting = true;
  }

  /** Resets the connections there are. */
  public void reset() {
    open.forEach(FaultProxy::abort);
  }

  @Override
  public void close() {
    heal();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reset();
    threads.shutdownNow();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        connect(server.accept());
      } catch (IOException e) {
        // the proxy is being closed, or the target is away: the client sees that
      }
    }
  }

  private void connect(Socket client) throws IOException {
    if (isRefusing()) {
      abort(client);
      return;
    }
    Socket upstream = new Socket();
    try {
      upstream.connect(target);
    } catch (IOException e) {
      upstream.close();
      abort(client);
      throw e;
    }
    client.setTcpNoDelay(true);
    upstream.setTcpNoDelay(true);
    open.add(client);
    open.add(upstream);
    threads.execute(() -> pass(client, upstream, Direction.REQUEST));
    threads.execute(() -> pass(upstream, client, Direction.ANSWER));
  }

  private synchronized boolean isRefusing() {
    return refusing;
  }

  private void pass(Socket from, Socket to, Direction direction) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (isCut(direction)) {
          break;
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // one side has gone, so the other goes too
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      abort(from);
      abort(to);
      open.remove(from);
      open.remove(to);
    }
  }

  /** Waits as long as the fault says; true when the connection is to end instead. */
  private synchronized boolean isCut(Direction direction) throws InterruptedException {
    if (direction == Direction.ANSWER && !delay.isZero()) {
      TimeUnit.NANOSECONDS.timedWait(this, delay.toNanos());
    }
    while (silent.contains(direction)) {
      wait();
    }
    return direction == Direction.ANSWER && cutting;
  }

  /** With a TCP reset. */
  private static void abort(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // it is closed
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "fault-proxy");
    thread.setDaemon(true);
    return thread;
  }
}
