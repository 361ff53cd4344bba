package io.gatehouse.postgres;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.command.CommandId;
import io.gatehouse.directory.BatchGroups;
import io.gatehouse.directory.BatchPeople;
import io.gatehouse.directory.BatchState;
import io.gatehouse.directory.LifecycleState;
import io.gatehouse.directory.Person;
import io.gatehouse.directory.Provenance;
import io.gatehouse.directory.ResourceQuery;
import io.gatehouse.directory.ResourceStore;
import io.gatehouse.scim.FilterCondition;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.Schemas;
import io.gatehouse.store.UnitOfWork;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import io.gatehouse.tenant.BearerToken;
import io.gatehouse.tenant.Connections;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a request costs in a small and in a large directory, as a ratio of medians through HTTP; and
 * the plans behind it.
 */
class GrowthBenchmark {

  private static final int SMALL = 1_000;
  private static final int LARGE = Integer.getInteger("users", 200_000);
  private static final int SMALL_GROUP = 100;
  private static final int LARGE_GROUP = Integer.getInteger("members", 50_000);
  private static final int FAR = LARGE / 2;
  private static final int SAMPLES = 300;

  private final Gateway gateway = Gateway.start(Gateway.temporaryFolder());
  private final JdbcClient jdbc = gateway.owner();

  /** A connection and the people that it controls. */
  private record Population(ScimClient idp, Caller caller, List<UUID> people) {}

  @Test
  void growth() {
    Population small = population(SMALL);
    Population large = population(LARGE);
    analyze();
    for (String attribute : List.of("userName", "externalId", "emails.value")) {
      double few = median(i -> lookup(small, attribute, i % SMALL));
      double many = median(i -> lookup(large, attribute, (i * 661) % LARGE));
      report(attribute + " eq, " + SMALL + " and " + LARGE + " users", few, many);
      explain(large, attribute + " eq \"" + value(attribute, 7) + "\"", null);
    }
    members(large);
    pages(large);
    gateway.close();
  }

  private void members(Population large) {
    UUID few = group(large, SMALL_GROUP);
    UUID many = group(large, LARGE_GROUP);
    analyze();
    double one = median(i -> add(large, few, LARGE_GROUP + i));
    double other = median(i -> add(large, many, LARGE_GROUP + i));
    report("one more member, of " + SMALL_GROUP + " and " + LARGE_GROUP, one, other);
    explain(
        """
        select m.member_id
          from unnest(?::uuid[], ?::uuid[], ?::uuid[]) k (tenant_id, group_id, member_id)
          join membership m using (tenant_id, group_id, member_id)
        """,
        List.of(
            ColumnValues.array("uuid", List.of(large.caller().tenant()), it -> it),
            ColumnValues.array("uuid", List.of(many), it -> it),
            ColumnValues.array("uuid", large.people().subList(0, 1), it -> it)));
  }

  private void pages(Population large) {
    String cursor = "";
    String second = "";
    for (int seen = 0; seen < FAR; seen += 100) {
      cursor = page(large, cursor).json().path("nextCursor").asText();
      second = seen == 0 ? cursor : second;
    }
    String near = second;
    String far = cursor;
    double first = median(i -> page(large, ""));
    double next = median(i -> page(large, near));
    double last = median(i -> page(large, far));
    report("a page of 100, the first (which counts all) and after " + FAR, first, last);
    report("a page of 100, the second and after " + FAR, next, last);
    explain(large, null, new ResourceQuery.Position(null, large.people().get(FAR)));
  }

  private Population population(int size) {
    ScimClient idp = gateway.connection("standard");
    Caller caller =
        gateway.bean(Connections.class).holder(new BearerToken(idp.token())).orElseThrow().caller();
    List<UUID> people = new ArrayList<>();
    for (int start = 0; start < size; start += SMALL) {
      BatchPeople roster = new BatchPeople(List.of());
      for (int n = start; n < start + SMALL; n++) {
        Person person = person(caller, n);
        roster.put(person);
        people.add(person.id());
      }
      save(BatchState.of(roster, BatchGroups.empty()));
    }
    return new Population(idp, caller, people.stream().sorted().toList());
  }

  private void save(BatchState state) {
    gateway
        .bean(UnitOfWork.class)
        .inTransaction(
            () -> {
              gateway.bean(ResourceStore.class).save(state);
              return state;
            });
  }

  private static Person person(Caller caller, int n) {
    Instant now = Instant.now();
    ObjectNode user = ScimClient.user(value("userName", n));
    user.put("externalId", value("externalId", n)).put("active", true);
    return new Person(
        caller.tenant(),
        CommandId.uuid7(now),
        caller.connection(),
        1,
        now,
        now,
        LifecycleState.NEW,
        Provenance.UNKNOWN,
        user);
  }

  private static String value(String attribute, int n) {
    return attribute.equals("externalId") ? "E-" + n : "user" + n + "@example.com";
  }

  private static void lookup(Population among, String attribute, int n) {
    Answer found = among.idp().find(attribute + " eq \"" + value(attribute, n) + "\"");
    require(found.json().path("totalResults").asInt() == 1, found);
  }

  private static UUID group(Population among, int size) {
    UUID[] members = among.people().subList(0, size).toArray(UUID[]::new);
    Answer made = among.idp().createGroup("Group of " + size, members);
    require(made.status() == 201, made);
    return made.id();
  }

  private static void add(Population among, UUID group, int n) {
    String operation =
        "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\""
            + among.people().get(n)
            + "\"}]}";
    String path = "/Groups/" + group + "?excludedAttributes=members";
    Answer added = among.idp().call("PATCH", path, ScimClient.patch(operation));
    require(added.status() == 200, added);
  }

  private static Answer page(Population among, String cursor) {
    Answer page = among.idp().call("GET", "/Users?count=100&cursor=" + cursor, null);
    require(page.json().path("itemsPerPage").asInt() == 100, page);
    return page;
  }

  private static void require(boolean condition, Answer answer) {
    if (!condition) {
      throw new AssertionError(answer.status() + " " + answer.http().body());
    }
  }

  /** In milliseconds; the first third warms up. */
  private static double median(IntConsumer work) {
    double[] millis = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      long start = System.nanoTime();
      work.accept(i);
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    double[] counted = Arrays.copyOfRange(millis, SAMPLES / 3, SAMPLES);
    Arrays.sort(counted);
    return counted[counted.length / 2];
  }

  private static void report(String what, double small, double large) {
    System.out.printf(
        "GROWTH %s: p50 %.2f ms and %.2f ms, ratio %.2f%n", what, small, large, large / small);
  }

  private void analyze() {
    jdbc.sql("vacuum analyze").update();
  }

  private void explain(Population among, String filter, ResourceQuery.Position after) {
    FilterCondition condition =
        filter == null
            ? null
            : FilterCondition.parse(Schemas.STANDARD.definition(ResourceType.USER), filter);
    ResourceQuery.Selected users = new ResourceQuery.Selected(ResourceType.USER, condition, null);
    SqlFragment page =
        new SqlQuery(among.caller(), List.of(users))
            .page(new ResourceQuery.Window(0, 100, after, false), 1024 * 1024);
    explain(page.text(), page.parameters());
  }

  private void explain(String sql, List<Object> parameters) {
    List<String> plan =
        jdbc.sql("explain (costs off) " + sql).params(parameters).query(String.class).list();
    System.out.println("EXPLAIN " + String.join("\n        ", plan));
  }
}
