package io.gatehouse.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** An IdP that changes its own people in every way, and asks again until it is answered. */
final class Provider implements Runnable {

  private enum State {
    UNKNOWN,
    ACTIVE,
    INACTIVE,
    DELETED
  }

  private static final class Person {
    private final String userName;
    private State state = State.UNKNOWN;
    private boolean member;
    private UUID id;

    Person(String userName) {
      this.userName = userName;
    }
  }

  private final ScimClient idp;
  private final AtomicInteger left;
  private final Random random;
  private final List<Person> people = new ArrayList<>();
  private UUID group;

  /**
   * Knows its people but has not sent them yet.
   *
   * @param left how many changes all providers together have still to make
   */
  Provider(ScimClient idp, int number, int people, AtomicInteger left) {
    this.idp = idp;
    this.left = left;
    this.random = new Random(number);
    for (int i = 0; i < people; i++) {
      this.people.add(new Person("u" + number + "-" + i + "@example.com"));
    }
  }

  @Override
  public void run() {
    group = insist(201, () -> idp.createGroup("Group of " + people.get(0).userName)).id();
    for (Person person : people) {
      if (left.getAndDecrement() > 0) {
        arrive(person);
      }
    }
    while (left.getAndDecrement() > 0) {
      change(people.get(random.nextInt(people.size())));
    }
  }

  private void change(Person person) {
    switch (person.state) {
      case UNKNOWN, DELETED -> arrive(person);
      case INACTIVE -> activate(person, true);
      case ACTIVE -> {
        switch (random.nextInt(10)) {
          case 0 -> activate(person, false);
          case 1 -> leave(person);
          case 2, 3 -> join(person);
          default -> rename(person);
        }
      }
    }
  }

  /** For the first time, or back under the same id. */
  private void arrive(Person person) {
    ObjectNode user = ScimClient.user(person.userName).put("title", title());
    Answer made = insist(() -> idp.create(user));
    UUID id = made.status() == 409 ? find(person) : made.id();
    if (person.state == State.DELETED) {
      assertThat(id).isEqualTo(person.id);
    }
    person.id = id;
    person.state = State.ACTIVE;
  }

  /** Made by a call whose answer was lost. */
  private UUID find(Person person) {
    Answer found = insist(200, () -> idp.find("userName eq \"" + person.userName + "\""));
    return UUID.fromString(found.json().at("/Resources/0/id").asText());
  }

  private void leave(Person person) {
    // 404 when the answer to the first one was lost
    assertThat(insist(() -> idp.delete(person.id)).status()).isIn(204, 404);
    person.state = State.DELETED;
  }

  private void activate(Person person, boolean active) {
    patch(person, "{\"op\":\"replace\",\"path\":\"active\",\"value\":%s}".formatted(active));
    person.state = active ? State.ACTIVE : State.INACTIVE;
  }

  private void rename(Person person) {
    patch(person, "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"%s\"}".formatted(title()));
  }

  private void patch(Person person, String operation) {
    insist(200, () -> idp.patch(person.id, operation));
  }

  private void join(Person person) {
    String operation =
        person.member
            ? "{\"op\":\"remove\",\"path\":\"members[value eq \\\"%s\\\"]\"}"
            : "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"%s\"}]}";
    int status = insist(() -> idp.patchGroup(group, operation.formatted(person.id))).status();
    assertThat(status).isIn(200, 204);
    person.member = !person.member;
  }

  private String title() {
    return "title " + random.nextInt(Integer.MAX_VALUE);
  }

  private static Answer insist(int status, Callable<Answer> call) {
    Answer answer = insist(call);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
    return answer;
  }

  /** The gateway is dead at times, which is the point. */
  private static Answer insist(Callable<Answer> call) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(120))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .pollInSameThread()
        .ignoreExceptions()
        .until(call, it -> it.status() < 500);
  }
}
