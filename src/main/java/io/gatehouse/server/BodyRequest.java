package io.gatehouse.server;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** A request with a replaced body stream. The parameters of the query are those of the request. */
public class BodyRequest extends HttpServletRequestWrapper {

  private final Supplier<InputStream> body;

  BodyRequest(HttpServletRequest request, Supplier<InputStream> body) {
    super(request);
    this.body = body;
  }

  /** Wraps a request with an empty body; unread bytes of the real body are not waited for. */
  public static BodyRequest empty(HttpServletRequest request) {
    return of(request, new byte[0]);
  }

  /** Wraps a request with a body that was read, and that can be read again. */
  public static BodyRequest of(HttpServletRequest request, byte[] body) {
    return new BodyRequest(request, () -> new ByteArrayInputStream(body));
  }

  /** Wraps a request whose body is streamed, with a minimum rate. */
  public static BodyRequest timed(HttpServletRequest request, BodyReader reader)
      throws IOException {
    InputStream timed = reader.timed(request.getInputStream());
    return new BodyRequest(request, () -> timed);
  }

  @Override
  public ServletInputStream getInputStream() {
    return new Stream(body.get());
  }

  @Override
  public BufferedReader getReader() {
    return new BufferedReader(new InputStreamReader(body.get(), StandardCharsets.UTF_8));
  }

  private final class Stream extends ServletInputStream {

    private final InputStream in;
    private boolean finished;

    private Stream(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      try {
        int read = in.read(into, from, length);
        finished |= read < 0;
        return read;
      } catch (RefusedBodyException e) {
        e.about(getRequest());
        throw e;
      }
    }

    @Override
    public boolean isFinished() {
      return finished;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("This body is read by a thread that waits.");
    }
  }
}
