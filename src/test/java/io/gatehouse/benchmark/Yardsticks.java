package io.gatehouse.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariDataSource;
import io.gatehouse.command.Caller;
import io.gatehouse.scim.Json;
import io.gatehouse.support.ScimClient;
import io.gatehouse.tenant.VerifiedCredential;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.configuration.WebSecurityCustomizer;

/**
 * What the gateway is measured against, inside its own process: a servlet that does nothing, bare
 * and behind the security chain of SCIM; one row for each read; one transaction for each create, by
 * HTTP and without; and plain rows. Only with {@code yardstick=true}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("yardstick")
class Yardsticks {

  static final String NOTHING = "/scim/v2/yardstick/nothing";
  static final String BARE = "/bare/nothing";
  static final String TRANSACTION = "/scim/v2/yardstick/transaction";
  static final String JDBC = "/scim/v2/yardstick/jdbc?clients=%d&seconds=%s";
  static final String ROW = "/scim/v2/yardstick/row?id=";
  static final String ROWS = "/scim/v2/yardstick/rows?clients=%d&seconds=%s";

  /** Connections: as many as the gateway has for its writes, and PostgreSQL has room for. */
  private static final int MOST = 16;

  private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

  @Bean
  ServletRegistrationBean<HttpServlet> yardstickServlet(
      Yardstick yardstick, DataSource pool, FlywayConnectionDetails owner) {
    return new ServletRegistrationBean<>(
        new Measure(yardstick, (HikariDataSource) pool, owner), "/scim/v2/yardstick/*", "/bare/*");
  }

  @Bean
  WebSecurityCustomizer noSecurity() {
    return web -> web.ignoring().requestMatchers("/bare/**");
  }

  /** One of {@code clients}, until the time is over. */
  private interface Client {
    long untilTheEnd(long end) throws SQLException;
  }

  private static final class Measure extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient Yardstick yardstick;
    private final transient HikariDataSource pool;
    private final transient FlywayConnectionDetails owner;
    private final AtomicLong users = new AtomicLong();

    Measure(Yardstick yardstick, HikariDataSource pool, FlywayConnectionDetails owner) {
      this.yardstick = yardstick;
      this.pool = pool;
      this.owner = owner;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      byte[] body = request.getInputStream().readAllBytes();
      switch (request.getPathInfo()) {
        case "/transaction" ->
            answer(response, 201, Json.text(yardstick.insert(caller(request), Json.object(body))));
        case "/row" -> answer(response, 200, row(caller(request), request.getParameter("id")));
        case "/jdbc" -> {
          Caller caller = caller(request);
          answer(response, 200, perSecond(request, end -> inserts(caller, end)));
        }
        case "/rows" -> answer(response, 200, perSecond(request, this::rows));
        default -> answer(response, 200, new String(EMPTY, StandardCharsets.UTF_8));
      }
    }

    private static Caller caller(HttpServletRequest request) {
      Object credential = request.getAttribute(VerifiedCredential.class.getName());
      return ((VerifiedCredential) credential).holder().caller();
    }

    /** The document of a user, as it is stored. */
    private String row(Caller caller, String id) throws ServletException {
      try (Connection connection = pool.getConnection();
          PreparedStatement select =
              connection.prepareStatement(
                  "select doc::text from person where tenant_id = ? and id = ?")) {
        select.setObject(1, caller.tenant());
        select.setObject(2, UUID.fromString(id));
        try (ResultSet row = select.executeQuery()) {
          row.next();
          return row.getString(1);
        }
      } catch (SQLException e) {
        throw new ServletException(e);
      }
    }

    private static void answer(HttpServletResponse response, int status, String body)
        throws IOException {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      response.setStatus(status);
      response.setContentType("application/scim+json");
      response.setContentLength(bytes.length);
      response.getOutputStream().write(bytes);
    }

    private static String perSecond(HttpServletRequest request, Client client)
        throws ServletException {
      double seconds = Double.parseDouble(request.getParameter("seconds"));
      int clients = Math.min(MOST, Integer.parseInt(request.getParameter("clients")));
      ExecutorService threads = Executors.newFixedThreadPool(clients);
      try {
        long start = System.nanoTime();
        Callable<Long> one = () -> client.untilTheEnd(start + (long) (seconds * 1e9));
        List<Future<Long>> running = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
          running.add(threads.submit(one));
        }
        long done = 0;
        for (Future<Long> each : running) {
          done += each.get();
        }
        return String.valueOf(done / ((System.nanoTime() - start) / 1e9));
      } catch (Exception e) {
        throw new ServletException(e);
      } finally {
        threads.shutdown();
      }
    }

    private long inserts(Caller caller, long end) {
      long done = 0;
      for (; System.nanoTime() < end; done++) {
        yardstick.insert(caller, user());
      }
      return done;
    }

    private ObjectNode user() {
      long n = users.incrementAndGet();
      return ScimClient.user("yardstick" + n + "@example.com").put("externalId", "Y-" + n);
    }

    /** Three rows and a commit, as {@code pgbench} would, on a connection of its own. */
    private long rows(long end) throws SQLException {
      boolean other = owner.getUsername() != null;
      try (Connection connection =
          DriverManager.getConnection(
              pool.getJdbcUrl(),
              other ? owner.getUsername() : pool.getUsername(),
              other ? owner.getPassword() : pool.getPassword())) {
        synchronized (users) {
          connection
              .createStatement()
              .execute("create table if not exists yardstick (id uuid primary key, doc text)");
        }
        connection.setAutoCommit(false);
        String document = Json.text(user());
        long done = 0;
        try (PreparedStatement insert =
            connection.prepareStatement("insert into yardstick (id, doc) values (?, ?)")) {
          for (; System.nanoTime() < end; done++) {
            for (int i = 0; i < 3; i++) {
              insert.setObject(1, UUID.randomUUID());
              insert.setString(2, document);
              insert.executeUpdate();
            }
            connection.commit();
          }
        }
        return done;
      }
    }
  }
}
