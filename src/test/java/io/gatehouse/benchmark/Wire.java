package io.gatehouse.benchmark;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnectionFactory;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

/** One kept-alive connection, with as little work of the client as HTTP can do with. */
final class Wire implements AutoCloseable {

  private static final DefaultBHttpClientConnectionFactory FACTORY =
      DefaultBHttpClientConnectionFactory.builder().build();
  private static final HttpRequestExecutor EXECUTOR = new HttpRequestExecutor();

  private final int port;
  private DefaultBHttpClientConnection connection;

  Wire(int port) {
    this.port = port;
  }

  /** A request; {@code body} may be null. */
  record Call(String method, String path, String token, String body) {}

  /** An answer; {@code location} and {@code retryAfter} are empty where there is none. */
  record Answer(int status, String location, String retryAfter, String body) {

    /** The id at the end of the location. */
    String id() {
      return location.substring(location.lastIndexOf('/') + 1);
    }
  }

  /** Waits for the whole answer. The server may close the connection with it. */
  Answer send(Call call) throws IOException {
    if (connection == null) {
      Socket socket = new Socket("localhost", port);
      socket.setTcpNoDelay(true);
      connection = FACTORY.createConnection(socket);
    }
    BasicClassicHttpRequest request = request(call);
    HttpCoreContext context = HttpCoreContext.create();
    try (ClassicHttpResponse response = EXECUTOR.execute(request, connection, context)) {
      String body = response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity());
      if (!EXECUTOR.keepAlive(request, response, connection, context)) {
        close();
      }
      return new Answer(
          response.getCode(), header(response, "Location"), header(response, "Retry-After"), body);
    } catch (HttpException e) {
      throw new IOException(e);
    }
  }

  private static String header(ClassicHttpResponse response, String name) {
    Header header = response.getFirstHeader(name);
    return header == null ? "" : header.getValue();
  }

  private BasicClassicHttpRequest request(Call call) {
    BasicClassicHttpRequest request = new BasicClassicHttpRequest(call.method(), call.path());
    request.addHeader("Host", "localhost:" + port);
    request.addHeader("Authorization", "Bearer " + call.token());
    if (call.body() != null) {
      byte[] bytes = call.body().getBytes(StandardCharsets.UTF_8);
      request.addHeader("Content-Type", "application/scim+json");
      request.addHeader("Content-Length", bytes.length);
      request.setEntity(new ByteArrayEntity(bytes, ContentType.APPLICATION_JSON));
    }
    return request;
  }

  @Override
  public void close() throws IOException {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
