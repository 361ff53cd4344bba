package io.gatehouse.server;

import io.gatehouse.ProcessExit;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.Engine;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request whose body is not read, and discards the rest of the body without a thread.
 * Tomcat would hold the thread until the body has arrived, because a client whose connection is
 * closed while it sends never reads its answer.
 */
final class UnreadBodyValve extends ValveBase {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final long MAX_BYTES = 16L * 1024 * 1024;

  UnreadBodyValve() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    try {
      getNext().invoke(request, response);
    } catch (Throwable e) {
      ProcessExit.check(e);
      throw e;
    }
    ProcessExit.check((Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION));
    if (RefusedBodyException.of(request).filter(RefusedBodyException::isSlow).isPresent()) {
      response.finishResponse();
      request.getCoyoteRequest().action(ActionCode.CLOSE_NOW, null);
    } else if (isLeft(request)) {
      response.finishResponse();
      take(request);
    }
  }

  private static boolean isLeft(Request request) {
    org.apache.coyote.Request wire = request.getCoyoteRequest();
    return request.getContext() != null
        && !request.isAsync()
        && !request.isAsyncDispatching()
        && !wire.isFinished()
        && !wire
            .hasExpectation() // Tomcat closes the connection, and the client sends no body before
        // an answer
        && wire.getReadListener() == null
        && !isBroken(wire);
  }

  private static boolean isBroken(org.apache.coyote.Request wire) {
    AtomicBoolean broken = new AtomicBoolean();
    wire.action(ActionCode.IS_ERROR, broken);
    return broken.get();
  }

  /** Reads from the Coyote request, because Tomcat closes the stream of an answered request. */
  private static void take(Request request) {
    AsyncContext async = request.startAsync();
    async.setTimeout(PATIENCE.toMillis());
    Rest rest = new Rest(request.getCoyoteRequest(), async);
    async.addListener(rest);
    request.getCoyoteRequest().setReadListener(rest);
  }

  @Override
  public void backgroundProcess() {
    if (getContainer() instanceof Engine engine) {
      for (Connector connector : engine.getService().findConnectors()) {
        if (connector.getProtocolHandler() instanceof BoundedHttpProtocol protocol) {
          protocol.endSlowHeads();
        }
      }
    }
  }

  /** Discards the rest of a body. */
  private static final class Rest implements ReadListener, AsyncListener, ApplicationBufferHandler {

    private final org.apache.coyote.Request wire;
    private final AsyncContext async;
    private @Nullable ByteBuffer part;
    private long taken;

    private Rest(org.apache.coyote.Request wire, AsyncContext async) {
      this.wire = wire;
      this.async = async;
    }

    /**
     * Stops at the end of the body: a further read would lose the next request on the connection.
     */
    @Override
    public void onDataAvailable() throws IOException {
      while (!wire.isFinished() && wire.isReady()) {
        int read = wire.doRead(this);
        if (read <= 0) {
          return;
        }
        taken += read;
        if (taken > MAX_BYTES) {
          close();
          return;
        }
      }
    }

    @Override
    public void onAllDataRead() {
      async.complete();
    }

    @Override
    public void onError(Throwable e) {
      close();
    }

    private void close() {
      wire.action(ActionCode.CLOSE_NOW, null);
      async.complete();
    }

    @Override
    public void setByteBuffer(@Nullable ByteBuffer buffer) {
      part = buffer;
    }

    @Override
    public @Nullable ByteBuffer getByteBuffer() {
      return part;
    }

    @Override
    public void expand(int size) {}

    @Override
    public void onTimeout(AsyncEvent event) {
      close();
    }

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }
}
