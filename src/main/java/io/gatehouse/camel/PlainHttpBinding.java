package io.gatehouse.camel;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.common.DefaultHttpBinding;
import org.jspecify.annotations.Nullable;

/**
 * Copies no header of a request into the message, because the edges read the request itself, and
 * writes a message as it is: its status, its headers, and bytes, a stream or nothing. What Camel
 * does by default, for messages of any kind, takes a tenth of the CPU of a read.
 */
final class PlainHttpBinding extends DefaultHttpBinding {

  PlainHttpBinding() {
    setMuteException(true);
  }

  /** The servlet of Camel needs the path below it, and nothing else. */
  @Override
  public void readRequest(HttpServletRequest request, Message message) {
    message.setHeader(Exchange.HTTP_PATH, request.getRequestURI());
  }

  /** No body, also when a route sets none: what was sent must not become the answer. */
  @Override
  public @Nullable Object parseBody(HttpServletRequest request, Message message) {
    return null;
  }

  @Override
  public void writeResponse(Exchange exchange, HttpServletResponse response) throws IOException {
    if (exchange.isFailed()) {
      super.writeResponse(exchange, response);
      return;
    }
    Message message = exchange.getMessage();
    Object body = message.getBody();
    if (message.getHeader(Exchange.HTTP_RESPONSE_CODE) == null || !isAnswer(body)) {
      // A route that makes no answer has done nothing with the request.
      response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
      return;
    }
    message.getHeaders().forEach((name, value) -> write(response, name, value));
    if (body instanceof byte[] bytes) {
      response.setContentLength(bytes.length);
      response.getOutputStream().write(bytes);
    } else if (body instanceof InputStream stream) {
      stream.transferTo(response.getOutputStream());
    }
  }

  private static boolean isAnswer(@Nullable Object body) {
    return body == null || body instanceof byte[] || body instanceof InputStream;
  }

  private static void write(HttpServletResponse response, String name, Object value) {
    if (name.equals(Exchange.HTTP_RESPONSE_CODE)) {
      response.setStatus((Integer) value);
    } else if (name.equals(Exchange.CONTENT_TYPE)) {
      response.setContentType((String) value);
    } else if (!name.startsWith("Camel")) {
      response.setHeader(name, (String) value);
    }
  }
}
