package io.gatehouse.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tomcat's HTTP with limits that it lacks: connections of one address, the total time for the head
 * of a request, and idle keep-alive connections. Tomcat creates it by its class name.
 */
public final class BoundedHttpProtocol extends Http11NioProtocol {

  private static final Logger LOG = LoggerFactory.getLogger(BoundedHttpProtocol.class);
  private static final Duration HEAD = Duration.ofSeconds(20);
  private static final long NOT_STARTED = -1;
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private final Endpoint endpoint;

  public BoundedHttpProtocol() {
    this(new Endpoint());
  }

  private BoundedHttpProtocol(Endpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  void limit(ConnectionLimit limit) {
    endpoint.limit = limit;
  }

  /**
   * Limits the number of connections. One more closes the connection that has been idle longest, so
   * that idle connections do not block new clients.
   */
  void keepAtMost(int connections) {
    endpoint.most = connections;
  }

  /**
   * Closes connections whose request head takes too long, however steadily its bytes come. They
   * hold no thread, but they count against the limit of connections.
   */
  void endSlowHeads() {
    long now = System.nanoTime();
    for (SocketWrapperBase<NioChannel> connection : endpoint.getConnections()) {
      if (connection.getCurrentProcessor() instanceof Processor processor
          && !processor.isAsync()
          && isSlow(processor.getRequest(), now)) {
        end(connection.getSocket().getIOChannel());
      }
    }
  }

  /** While a thread works on a request, its connection has no processor. */
  private static boolean isSlow(Request request, long now) {
    return request != null
        && request.getStartTimeNanos() != NOT_STARTED
        && now - request.getStartTimeNanos() > HEAD.toNanos();
  }

  /** Ends the input, so that Tomcat reads the end of the stream and closes the connection. */
  private static void end(SocketChannel connection) {
    try {
      connection.shutdownInput();
    } catch (IOException e) {
      LOG.debug("A connection is closed already", e);
    }
  }

  private static final class Endpoint extends NioEndpoint {

    private volatile ConnectionLimit limit = ConnectionLimit.NONE;
    private volatile int most = Integer.MAX_VALUE;
    private volatile long logged = System.nanoTime() - SILENCE.toNanos();

    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
      if (socket.socket().getRemoteSocketAddress() instanceof InetSocketAddress remote
          && !limit.admits(remote.getAddress(), socket)) {
        refused(remote);
        return false;
      }
      if (getConnections().size() >= most) {
        endMostSilent();
      }
      return super.setSocketOptions(socket);
    }

    private void endMostSilent() {
      SocketChannel silent = null;
      long since = Long.MAX_VALUE;
      for (SocketWrapperBase<NioChannel> connection : getConnections()) {
        SocketChannel channel = connection.getSocket().getIOChannel(); // null once it is closed
        long last = ((NioSocketWrapper) connection).getLastRead();
        if (channel != null && !channel.socket().isInputShutdown() && last < since) {
          silent = channel;
          since = last;
        }
      }
      if (silent != null) {
        end(silent);
      }
    }

    private void refused(InetSocketAddress remote) {
      long now = System.nanoTime();
      if (now - logged > SILENCE.toNanos()) {
        logged = now;
        LOG.warn(
            "{} has as many connections as one address may have; more are closed at once. Behind a"
                + " proxy, raise GATEHOUSE_MAX_CONNECTIONS_PER_ADDRESS.",
            remote.getAddress().getHostAddress());
      }
    }
  }
}
