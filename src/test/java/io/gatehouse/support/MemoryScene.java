package io.gatehouse.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.Gateway.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A gateway with little memory, and clients that want much of it. */
public final class MemoryScene implements AutoCloseable {

  private final ExternalDatabase database = ExternalDatabase.start(Gateway.temporaryFolder());
  private final GatewayProcess process;
  private final ScimClient idp;

  /** With a heap such as {@code 512m}. */
  public MemoryScene(String heap) throws Exception {
    process =
        GatewayProcess.start(
            Gateway.temporaryFolder(),
            Stream.concat(
                    Stream.of("-Xmx" + heap, "-Dspring.profiles.active=" + MemoryHog.PROFILE),
                    Arrays.stream(database.settings()).map(it -> "-D" + it.substring(2)))
                .toList());
    idp = process.client().connection("okta");
  }

  /** A group with so many members, straight into the database. */
  public UUID largeGroup(int members) throws SQLException {
    UUID group = idp.createGroup("Everybody").id();
    String[] settings = database.settings();
    try (Connection jdbc =
        DriverManager.getConnection(settings[0].split("=", 2)[1], "postgres", "postgres")) {
      run(
          jdbc,
          """
          insert into person (tenant_id, id, connection_id, user_name, user_name_key, active, doc, search, version,
                              created_at, modified_at)
          select g.tenant_id, gen_random_uuid(), g.connection_id, n || '@example.com', n || '@example.com', true,
                 jsonb_build_object('userName', n || '@example.com', 'displayName', 'Member number ' || n), '{}', 1,
                 now(), now()
            from person_group g, generate_series(1, %d) n
           where g.id = ?
          """
              .formatted(members),
          group);
      run(
          jdbc,
          """
          insert into membership (tenant_id, group_id, member_id, user_id)
          select p.tenant_id, g.id, p.id, p.id
            from person_group g join person p using (tenant_id, connection_id)
           where g.id = ?
          """,
          group);
    }
    return group;
  }

  /** Users with some 400 KB each, straight into the database. */
  public void largeUsers(int count) throws SQLException {
    UUID group = idp.createGroup("Large users").id();
    String[] settings = database.settings();
    try (Connection jdbc =
        DriverManager.getConnection(settings[0].split("=", 2)[1], "postgres", "postgres")) {
      run(
          jdbc,
          """
          insert into person (tenant_id, id, connection_id, user_name, user_name_key, active, doc, search, version,
                              created_at, modified_at)
          select g.tenant_id, gen_random_uuid(), g.connection_id, 'large' || n, 'large' || n, true,
                 jsonb_build_object('userName', 'large' || n, 'roles',
                   (select jsonb_agg(jsonb_build_object('value', r || ' of ' || n || repeat('x', 60)))
                      from generate_series(1, 5000) r)),
                 jsonb_build_object('username', 'large' || n), 1, now(), now()
            from person_group g, generate_series(1, %d) n
           where g.id = ?
          """
              .formatted(count),
          group);
    }
  }

  private static void run(Connection jdbc, String sql, UUID group) throws SQLException {
    try (PreparedStatement statement = jdbc.prepareStatement(sql)) {
      statement.setObject(1, group);
      statement.executeUpdate();
    }
  }

  public ScimClient idp() {
    return idp;
  }

  public GatewayProcess process() {
    return process;
  }

  /** Makes a call many times at once, and creates a user meanwhile, again and again. */
  public List<Answer> atOnce(int times, Supplier<Answer> call) throws Exception {
    ScimClient other = process.client().connection("entra");
    ExecutorService clients = Executors.newFixedThreadPool(times);
    try {
      List<Future<Answer>> running = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        running.add(clients.submit((Callable<Answer>) call::get));
      }
      do {
        create(other);
      } while (!running.stream().allMatch(Future::isDone));
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> one : running) {
        answers.add(one.get());
      }
      return answers;
    } finally {
      clients.shutdownNow();
    }
  }

  /** As an identity provider does: 503 is sent again, the same. */
  private static void create(ScimClient idp) {
    ObjectNode user = ScimClient.user(UUID.randomUUID() + "@example.com");
    Answer created =
        await()
            .atMost(Duration.ofSeconds(60))
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofSeconds(1))
            .until(() -> idp.create(user), it -> it.status() != 503);
    assertThat(created.status()).as(String.valueOf(created.json())).isEqualTo(201);
  }

  /** Reads a group without keeping it; the answer has the number of its bytes. */
  public Answer read(UUID group) {
    return read("/Groups/" + group);
  }

  /** The same of anything. */
  public Answer read(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(process.client().url("/scim/v2" + path)))
            .header("Authorization", "Bearer " + idp.token())
            .build();
    try {
      HttpResponse<InputStream> response =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        long bytes = body.transferTo(OutputStream.nullOutputStream());
        return new Answer(response.statusCode(), null, LongNode.valueOf(bytes));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A group whose body has some nine megabytes, with members that nobody knows. */
  public Answer postLargeGroup(int members) {
    StringBuilder body = new StringBuilder("{\"schemas\":[\"" + Schema.GROUP + "\"],");
    body.append("\"displayName\":\"").append(UUID.randomUUID()).append("\",\"members\":[");
    for (int i = 0; i < members; i++) {
      body.append(i == 0 ? "" : ",").append("{\"value\":\"").append(new UUID(7, i)).append("\"}");
    }
    return process
        .client()
        .call("POST", "/scim/v2/Groups", idp.token(), body.append("]}").toString());
  }

  @Override
  public void close() {
    process.stop();
    database.close();
  }
}
