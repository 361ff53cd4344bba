package io.gatehouse.command;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import io.gatehouse.tenant.BearerToken;
import io.gatehouse.tenant.Connections;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What one tenant asks for takes nothing from others. */
class FairnessTest {

  private final Gateway gateway = Gateway.shared();
  private final ScimClient noisy = gateway.connection("standard");
  private final ScimClient innocent = gateway.connection("standard");

  @Test
  void admitsReadsOfOthersWhileOneTenantHasAsManyAsItMay() {
    FairShares shares = gateway.bean(FairShares.class);
    List<AutoCloseable> held = new ArrayList<>();
    try {
      for (var next = shares.take(caller(noisy), false);
          next.isPresent();
          next = shares.take(caller(noisy), false)) {
        held.add(next.get());
      }

      Answer refused = noisy.find("userName eq \"ada@example.com\"");

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isNotEmpty();
      assertThat(innocent.find("userName eq \"ada@example.com\"").status()).isEqualTo(200);
      assertThat(noisy.call("GET", "/ServiceProviderConfig", null).status()).isEqualTo(200);
    } finally {
      held.forEach(FairnessTest::close);
    }
    assertThat(noisy.find("userName eq \"ada@example.com\"").status()).isEqualTo(200);
  }

  @Test
  void admitsWritesOfOthersAndLeavingsWhileOneTenantHasAsManyAsItMay() {
    UUID ada = noisy.create(user("ada@example.com")).id();
    PendingOutcomes pendingOutcomes = gateway.bean(PendingOutcomes.class);
    List<AutoCloseable> held = new ArrayList<>();
    try {
      for (var next = pendingOutcomes.take(create(caller(noisy)));
          next.isPresent();
          next = pendingOutcomes.take(create(caller(noisy)))) {
        held.add(next.get());
      }

      Answer refused = noisy.create(user("bob@example.com"));

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isNotEmpty();
      assertThat(innocent.create(user("bob@example.com")).status()).isEqualTo(201);
      assertThat(
              noisy.patch(ada, "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}").status())
          .isEqualTo(200);
    } finally {
      held.forEach(FairnessTest::close);
    }
    assertThat(noisy.create(user("bob@example.com")).status()).isEqualTo(201);
  }

  @Test
  void refusesASearchThatCostsTooMuchAndSaysWhatItMayCost() {
    Answer refused = innocent.find(terms(45, "emails[value co \"x%d\"]"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("scimType").asText()).isEqualTo("tooMany");
    assertThat(refused.json().path("detail").asText()).contains("450").contains("may cost 100");
    assertThat(innocent.find(terms(11, "emails.value co \"x%d\"")).status()).isEqualTo(400);
    assertThat(innocent.find(terms(10, "emails.value co \"x%d\"")).status()).isEqualTo(200);
    assertThat(innocent.find(terms(90, "userName eq \"user%d@example.com\"")).status())
        .isEqualTo(200);
    assertThat(innocent.find(terms(50, "emails[type eq \"work\" and value eq \"x%d\"]")).status())
        .isEqualTo(200);
  }

  @Test
  void endsAReadThatTakesTooLongAndBlamesItOnlyIfItIsDear() throws Exception {
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    CompletableFuture<Void> lock =
        CompletableFuture.runAsync(
            () ->
                gateway
                    .bean(TransactionTemplate.class)
                    .executeWithoutResult(
                        it -> {
                          gateway
                              .bean(JdbcClient.class)
                              .sql("lock table person in access exclusive mode")
                              .update();
                          locked.countDown();
                          waitFor(done);
                        }));
    Answer cheap;
    Answer dear;
    try {
      assertThat(locked.await(10, TimeUnit.SECONDS)).isTrue();
      cheap = innocent.find("userName eq \"ada@example.com\"");
      dear = innocent.find(terms(9, "emails.value co \"x%d\""));
    } finally {
      done.countDown();
      lock.join();
    }

    assertThat(cheap.status()).isEqualTo(503);
    assertThat(cheap.header("Retry-After")).isNotEmpty();
    assertThat(dear.status()).isEqualTo(400);
    assertThat(dear.json().path("scimType").asText()).isEqualTo("tooMany");
  }

  private static String terms(int count, String term) {
    return IntStream.range(0, count).mapToObj(term::formatted).collect(Collectors.joining(" or "));
  }

  private Caller caller(ScimClient idp) {
    Optional<Connections.Holder> holder =
        gateway.bean(Connections.class).holder(new BearerToken(idp.token()));
    return holder.orElseThrow().caller();
  }

  private static Envelope create(Caller caller) {
    CommandId id = CommandId.next(Instant.now());
    return new Envelope(
        id,
        caller,
        new Command.Create(ResourceType.USER, id.value(), Json.object()),
        new Envelope.Trace("test", Instant.now(), "", List.of()));
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void close(AutoCloseable place) {
    try {
      place.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
