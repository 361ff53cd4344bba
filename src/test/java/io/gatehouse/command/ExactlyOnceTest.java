package io.gatehouse.command;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gatehouse.broker.BrokerTopology;
import io.gatehouse.directory.Directory;
import io.gatehouse.directory.FoldResult;
import io.gatehouse.directory.OutcomeStore;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.store.LostRaceException;
import io.gatehouse.store.UnitOfWork;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import io.gatehouse.tenant.BearerToken;
import io.gatehouse.tenant.Connections;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** However often a command is delivered, it is applied once, and its outcome is always the same. */
class ExactlyOnceTest {

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");
  private final Caller caller =
      gateway.bean(Connections.class).holder(new BearerToken(idp.token())).orElseThrow().caller();

  @Test
  void appliesACommandOnceThatTheBrokerDeliversTwice() throws Exception {
    Envelope ada = create("ada@example.com");
    Envelope grace = create("grace@example.com");

    try (Subscriber training = Subscriber.of(gateway.subscription(idp.tenant(), "training"))) {
      send(EnvelopeCodec.encode(ada), EnvelopeCodec.encode(ada), EnvelopeCodec.encode(grace));
      send(EnvelopeCodec.encode(ada));

      assertThat(training.all())
          .extracting(it -> it.at("/data/resource/userName").asText())
          .containsExactlyInAnyOrder("ada@example.com", "grace@example.com");
    }
    assertThat(idp.find("userName eq \"ada@example.com\"").json().path("totalResults").asInt())
        .isEqualTo(1);
  }

  @Test
  void answersASecondDeliveryLikeTheFirst() {
    Envelope ada = create("ada@example.com");
    Directory directory = gateway.bean(Directory.class);

    Outcome first = directory.apply(List.of(ada)).get(0).outcome();
    Outcome second = directory.apply(List.of(ada, ada)).get(1).outcome();

    assertThat(first).isInstanceOf(Outcome.Created.class);
    assertThat(second).isEqualTo(first);
  }

  /** A reader whose session has ended may still apply what another one gets again. */
  @Test
  void appliesCommandsOnceThatTwoReadersHaveAtTheSameTime() throws Exception {
    Directory directory = gateway.bean(Directory.class);
    List<Envelope> batch =
        IntStream.range(0, 20).mapToObj(i -> create("twice" + i + "@example.com")).toList();

    var threads = Executors.newFixedThreadPool(4);
    var results =
        threads.invokeAll(
            Collections.nCopies(
                4, (Callable<List<Directory.Applied>>) () -> directory.apply(batch)));
    threads.shutdown();

    List<Outcome> first = results.get(0).get().stream().map(Directory.Applied::outcome).toList();
    assertThat(first).hasOnlyElementsOfType(Outcome.Created.class);
    for (var result : results) {
      assertThat(result.get()).extracting(Directory.Applied::outcome).isEqualTo(first);
    }
    assertThat(idp.find("userName sw \"twice\"").json().path("totalResults").asInt()).isEqualTo(20);
  }

  @Test
  void keepsNothingOfATransactionWhoseCommandARivalHasAppliedMeanwhile() {
    OutcomeStore outcomes = gateway.bean(OutcomeStore.class);
    Envelope ada = create("rival@example.com");
    FoldResult late = new FoldResult(ada, new Outcome.Deleted(ada.id().value()), Optional.empty());

    assertThatThrownBy(
            () ->
                gateway
                    .bean(UnitOfWork.class)
                    .inTransaction(
                        () -> {
                          assertThat(outcomes.unclaimed(List.of(ada)).fresh()).contains(ada.id());
                          CompletableFuture.supplyAsync(
                                  () -> gateway.bean(Directory.class).apply(List.of(ada)))
                              .join();
                          outcomes.add(List.of(late));
                          return ada;
                        }))
        .isInstanceOf(LostRaceException.class);

    assertThat(outcomes.stored(List.of(ada.id())).get(ada.id()))
        .isInstanceOf(Outcome.Created.class);
    assertThat(outcomes.unclaimed(List.of(ada)).fresh()).isEmpty();
  }

  @Test
  void appliesTheGoodCommandsOfABatchThatLosesARace() throws Exception {
    Directory directory = gateway.bean(Directory.class);
    List<Envelope> batch =
        IntStream.range(0, 20).mapToObj(i -> create("user" + i + "@example.com")).toList();
    List<Envelope> rivals =
        IntStream.range(0, 20).mapToObj(i -> create("user" + (19 - i) + "@example.com")).toList();

    var threads = Executors.newFixedThreadPool(2);
    var results =
        threads.invokeAll(
            Stream.of(batch, rivals)
                .map(it -> (Callable<List<Directory.Applied>>) () -> directory.apply(it))
                .toList());
    threads.shutdown();

    long created = 0;
    for (var result : results) {
      created += result.get().stream().filter(it -> it.outcome().status() == 201).count();
    }
    assertThat(created).isEqualTo(20);
    assertThat(idp.call("GET", "/Users?count=0", null).json().path("totalResults").asInt())
        .isEqualTo(20);
  }

  @Test
  void givesANameToOneOfTenWhoAskAtOnce() throws Exception {
    var threads = Executors.newFixedThreadPool(10);
    Callable<Integer> post = () -> idp.create(user("ada@example.com")).status();
    var answers = threads.invokeAll(java.util.Collections.nCopies(10, post));
    threads.shutdown();

    List<Integer> statuses = new java.util.ArrayList<>();
    for (var answer : answers) {
      statuses.add(answer.get());
    }
    assertThat(statuses).containsOnlyOnce(201);
    assertThat(statuses.stream().filter(it -> it == 409)).hasSize(9);
  }

  @Test
  void putsAsideWhatIsNoCommandAndGoesOn() {
    send(
        "{\"v\":99}",
        "not json at all",
        "{\"v\":1,\"id\":\"x\"}",
        EnvelopeCodec.encode(create("ada@example.com")));

    await()
        .until(
            () ->
                idp.find("userName eq \"ada@example.com\"").json().path("totalResults").asInt()
                    == 1);
    try (JMSContext jms = gateway.bean(ConnectionFactory.class).createContext();
        var dead = jms.createConsumer(jms.createQueue("gatehouse.dead"))) {
      assertThat(dead.receive(5_000)).isNotNull();
      assertThat(dead.receive(5_000)).isNotNull();
      assertThat(dead.receive(5_000)).isNotNull();
    }
  }

  @Test
  void remembersTheOutcomeForWhoeverAsksLater() {
    Envelope ada = create("ada@example.com");
    send(EnvelopeCodec.encode(ada));
    OutcomeStore outcomeStore = gateway.bean(OutcomeStore.class);

    await().until(() -> outcomeStore.stored(List.of(ada.id())).containsKey(ada.id()));
    assertThat(outcomeStore.stored(List.of(ada.id())).get(ada.id()).status()).isEqualTo(201);
  }

  private Envelope create(String userName) {
    return new Envelope(
        CommandId.next(Instant.now()),
        caller,
        new Command.Create(
            ResourceType.USER, UUID.randomUUID(), user(userName).put("active", true)),
        new Envelope.Trace(
            "another-instance", Instant.now(), userName + UUID.randomUUID(), List.of()));
  }

  private void send(String... texts) {
    try (JMSContext jms = gateway.bean(ConnectionFactory.class).createContext()) {
      JMSProducer producer = jms.createProducer().setProperty("JMSXGroupID", "one");
      for (String text : texts) {
        producer.send(jms.createQueue(BrokerTopology.COMMANDS), text);
      }
    }
  }
}
