package io.gatehouse.attack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a stranger, or one tenant, can do to all others. Each lasts 30 seconds at most. */
enum Attack {
  UNFINISHED_BODIES {
    @Override
    void run(AttackedGateway gateway, ScimClient idp) throws Exception {
      holdOpen(gateway, 320, "/scim/v2/Users");
    }
  },
  UNFINISHED_WEBHOOKS {
    @Override
    void run(AttackedGateway gateway, ScimClient idp) throws Exception {
      holdOpen(gateway, 110, "/webhooks/okta/" + UUID.randomUUID());
    }
  },
  EXPENSIVE_PATCH {
    @Override
    void run(AttackedGateway gateway, ScimClient idp) {
      ObjectNode user = ScimClient.user("many@example.com");
      ArrayNode emails = user.putArray("emails");
      IntStream.range(0, 12_000).forEach(i -> emails.addObject().put("value", i + "@example.com"));
      Gateway.Answer made = idp.create(user);
      String id =
          made.status() == 201
              ? made.id().toString()
              : idp.create(ScimClient.user("few@example.com")).id().toString();
      String terms =
          IntStream.range(0, 200)
              .mapToObj(i -> "value eq \\\"x" + i + "\\\"")
              .collect(Collectors.joining(" or "));
      String operation = "{\"op\":\"remove\",\"path\":\"emails[" + terms + "].type\"}";
      String patch =
          "{\"schemas\":[\"%s\"],\"Operations\":[%s]}"
              .formatted(
                  PatchOperation.PATCH_OP,
                  String.join(",", java.util.Collections.nCopies(243, operation)));
      together(4, i -> idp.gateway().call("PATCH", "/scim/v2/Users/" + id, idp.token(), patch));
    }
  },
  LARGE_GROUPS {
    @Override
    void run(AttackedGateway gateway, ScimClient idp) {
      String filler = "x".repeat(200);
      String members =
          IntStream.range(0, 34_000)
              .mapToObj(
                  i -> "{\"value\":\"" + new UUID(1, i) + "\",\"display\":\"" + filler + "\"}")
              .collect(Collectors.joining(","));
      together(
          8,
          i ->
              idp.gateway()
                  .call(
                      "POST",
                      "/scim/v2/Groups",
                      idp.token(),
                      "{\"displayName\":\"g" + i + "\",\"members\":[" + members + "]}"));
    }
  },
  ONE_GIGABYTE_TO_ADMIN {
    @Override
    void run(AttackedGateway gateway, ScimClient idp) throws Exception {
      try (Socket socket = new Socket("localhost", gateway.port())) {
        OutputStream out = socket.getOutputStream();
        out.write(head("/admin/api/v1/users", Gateway.ADMIN_TOKEN, 1L << 30));
        byte[] part = "{\"a\":\"".concat("x".repeat(1 << 20)).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 1 << 10; i++) {
          out.write(part, 0, 1 << 20);
        }
      } catch (IOException e) {
        // cut off, as it should be
      }
    }
  },
  BROAD_FILTERS {
    @Override
    void prepare(AttackedGateway gateway, ScimClient idp) {
      together(8, i -> IntStream.range(0, 750).forEach(n -> idp.create(withEmails(i, n))));
    }

    @Override
    void run(AttackedGateway gateway, ScimClient idp) {
      String filter =
          IntStream.range(0, 45)
              .mapToObj(i -> "emails.value co \"nobody" + i + "\"")
              .collect(Collectors.joining(" or "));
      long end = System.nanoTime() + LASTS_NANOS;
      together(
          30,
          i -> {
            while (System.nanoTime() < end) {
              idp.find(filter);
            }
          });
    }
  },
  GUESSED_ADMIN_TOKENS {
    @Override
    void run(AttackedGateway gateway, ScimClient idp) {
      long end = System.nanoTime() + LASTS_NANOS;
      together(
          8,
          i -> {
            while (System.nanoTime() < end) {
              idp.gateway().call("GET", "/admin/api/v1/tenants", UUID.randomUUID() + "", null);
            }
          });
    }
  };

  private static final long LASTS_NANOS = 30_000_000_000L;
  private static final int LASTS_MILLIS = 30_000;

  void prepare(AttackedGateway gateway, ScimClient idp) {}

  abstract void run(AttackedGateway gateway, ScimClient idp) throws Exception;

  private static ObjectNode withEmails(int client, int number) {
    ObjectNode user = ScimClient.user(client + "-" + number + "@example.com");
    for (int i = 0; i < 5; i++) {
      user.withArray("emails").add(Json.object().put("value", i + "." + UUID.randomUUID()));
    }
    return user;
  }

  /** Requests of which one byte comes and no more, without a credential. */
  private static void holdOpen(AttackedGateway gateway, int count, String path) throws Exception {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Socket socket = new Socket("localhost", gateway.port());
      socket.getOutputStream().write(head(path, null, 100));
      socket.getOutputStream().write('{');
      sockets.add(socket);
    }
    new java.util.concurrent.CountDownLatch(1)
        .await(LASTS_MILLIS, java.util.concurrent.TimeUnit.MILLISECONDS);
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private static byte[] head(String path, String token, long length) {
    return ("POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + (token == null ? "" : "Authorization: Bearer " + token + "\r\n")
            + "Content-Length: "
            + length
            + "\r\n\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void together(int clients, java.util.function.IntConsumer call) {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    IntStream.range(0, clients).forEach(i -> threads.execute(() -> quietly(() -> call.accept(i))));
    threads.shutdown();
    try {
      threads.awaitTermination(5, java.util.concurrent.TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** An attacker does not mind to be refused. */
  private static void quietly(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      // cut off or without an answer
    }
  }
}
