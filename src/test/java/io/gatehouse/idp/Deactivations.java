package io.gatehouse.idp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * PATCH bodies around every shape of a deactivation, mixed with good and broken operations in any
 * order: none is answered 5xx, and nobody is active after a success.
 */
final class Deactivations {

  private static final List<String> PROFILES = List.of("standard", "entra", "okta", "onelogin");
  private static final List<String> OPS = List.of("replace", "Replace", "REPLACE", "add", "Add");

  /** Every IdP profile reads these as false. */
  private static final List<String> SURE_VALUES =
      List.of("false", "\"False\"", "\"false\"", "\"FALSE\"", "0", "\"0\"", "\" false \"");

  private static final List<String> ODD_VALUES =
      List.of(
          "[false]",
          "[\"False\"]",
          "{\"value\":false}",
          "[{\"value\":\"False\"}]",
          "{\"active\":false}",
          "[{\"active\":\"False\"}]",
          "{\"value\":\"False\",\"$ref\":null}",
          "\"no\"",
          "\"off\"");

  private static final List<String> SURE_PATHS =
      List.of("active", "Active", "ACTIVE", Schema.USER + ":active", Schema.USER + ":Active");

  private static final List<String> ODD_PATHS =
      List.of(
          "active ",
          " active",
          "active.value",
          "active[value eq true]",
          "active[primary eq true].value",
          "urn:scim:schemas:core:1.0:active",
          "urn:ietf:params:scim:schemas:core:2.0:active",
          "urn:ietf:params:scim:schemas:core:2.0:User.active",
          Schema.ENTERPRISE_USER + ":active",
          "user.active",
          "User:active",
          "/active",
          "active.");

  /** %1$s is the op, %2$s the value. */
  private static final List<String> SURE_FORMS =
      List.of(
          "{\"op\":\"%1$s\",\"value\":{\"active\":%2$s}}",
          "{\"op\":\"%1$s\",\"value\":{\"ACTIVE\":%2$s}}",
          "{\"op\":\"%1$s\",\"path\":null,\"value\":{\"active\":%2$s}}",
          "{\"value\":{\"active\":%2$s,\"title\":\"Left\"},\"op\":\"%1$s\"}",
          "{\"op\":\"%1$s\",\"value\":{\"name\":5,\"active\":%2$s,\"emails\":[{}]}}",
          "{\"op\":\"%1$s\",\"value\":{\"id\":\"x\",\"meta\":{},\"active\":%2$s}}",
          "{\"op\":\"%1$s\",\"value\":{\"" + Schema.USER + "\":{\"active\":%2$s}}}",
          "{\"op\":\"%1$s\",\"value\":{\"" + Schema.USER + ":active\":%2$s}}",
          "{\"op\":\"%1$s\",\"path\":\"" + Schema.USER + "\",\"value\":{\"active\":%2$s}}",
          "{\"op\":\"%1$s\",\"value\":[{\"active\":%2$s}]}",
          "{\"op\":\"%1$s\",\"value\":[{\"title\":\"x\"},{\"active\":%2$s}]}",
          "{\"op\":\"%1$s\",\"value\":[null,{\"active\":%2$s},{\"foo\":1},7]}",
          "{\"OP\":\"%1$s\",\"Path\":\"active\",\"VALUE\":%2$s}",
          "{\"op\":\"%1$s\",\"name\":\"active\",\"path\":\"active\",\"value\":%2$s}");

  private static final List<String> ODD_FORMS =
      List.of(
          "{\"op\":\"%1$s\",\"path\":\"\",\"value\":{\"active\":%2$s}}",
          "{\"op\":\"%1$s\",\"value\":{\"active.value\":%2$s}}",
          "{\"op\":\"%1$s\",\"value\":[[{\"active\":%2$s}]]}",
          "{\"op\":\"%1$s\",\"path\":[\"active\"],\"value\":%2$s}",
          "{\"op\":[\"%1$s\"],\"path\":\"active\",\"value\":%2$s}",
          "{\"path\":\"active\",\"value\":%2$s}",
          "{\"op\":\"remove\",\"path\":\"active\",\"value\":%2$s}",
          "{\"op\":\"remove\",\"value\":{\"active\":%2$s}}");

  private static final List<String> NEIGHBOURS =
      List.of(
          // good
          "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Lead\"}",
          "{\"op\":\"Add\",\"path\":\"name.givenName\",\"value\":\"Ava\"}",
          "{\"op\":\"Replace\",\"path\":\"emails[type eq \\\"work\\\"].value\",\"value\":\"n@x\"}",
          "{\"op\":\"add\",\"path\":\"phoneNumbers[type eq 'mobile'].value\",\"value\":\"1\"}",
          "{\"op\":\"Add\",\"path\":\"roles\",\"value\":[{\"value\":\"{\\\"value\\\":\\\"a\\\"}\"}]}",
          "{\"op\":\"Add\",\"path\":\"manager\",\"value\":\"271\"}",
          "{\"op\":\"remove\",\"path\":\"emails\"}",
          "{\"op\":\"add\",\"value\":{\"emails\":[{\"value\":\"a@x\",\"primary\":true}]}}",
          "{\"op\":\"replace\",\"value\":{\"name.familyName\":\"L\",\"displayName\":\"A L\"}}",
          // nothing
          "{\"op\":\"add\",\"value\":{}}",
          "{\"op\":\"add\",\"path\":\"emails\",\"value\":[]}",
          "{\"op\":\"replace\",\"path\":\"active\",\"value\":null}",
          "{\"op\":\"replace\",\"path\":\"active\",\"value\":\"\"}",
          "{\"op\":\"replace\",\"value\":{\"active\":null,\"title\":null}}",
          "{\"op\":\"add\",\"path\":\"active\",\"value\":[]}",
          // broken
          "{\"op\":\"add\",\"value\":[{\"value\":\"a@example.com\"}]}",
          "{\"op\":\"replace\",\"value\":[]}",
          "{\"op\":\"replace\",\"value\":[[]]}",
          "{\"op\":\"add\",\"value\":[null]}",
          "{\"op\":\"add\",\"value\":\"x\"}",
          "{\"op\":\"replace\",\"value\":null}",
          "{\"op\":\"replace\"}",
          "{\"op\":\"remove\"}",
          "{\"op\":\"remove\",\"path\":\"active\"}",
          "{\"op\":\"remove\",\"path\":\"userName\"}",
          "{\"op\":\"remove\",\"path\":\"emails\",\"value\":{\"emails\":[{\"value\":\"x\"}]}}",
          "{\"op\":\"replace\",\"path\":\"active\",\"value\":\"maybe\"}",
          "{\"op\":\"replace\",\"path\":\"active\",\"value\":{}}",
          "{\"op\":\"replace\",\"path\":\"emails\",\"value\":[{\"email\":\"x\"}]}",
          "{\"op\":\"replace\",\"path\":\"emails\",\"value\":[{\"value\":5}]}",
          "{\"op\":\"replace\",\"path\":\"emails\",\"value\":[null,[],7]}",
          "{\"op\":\"add\",\"path\":\"emails[type eq\",\"value\":\"x\"}",
          "{\"op\":\"add\",\"path\":\"emails[type zz \\\"work\\\"].value\",\"value\":\"x\"}",
          "{\"op\":\"replace\",\"path\":\"emails[type eq \\\"none\\\"]\",\"value\":[{\"value\":1}]}",
          "{\"op\":\"replace\",\"path\":\"emails[0].value\",\"value\":\"x\"}",
          "{\"op\":\"Explode\",\"path\":\"title\",\"value\":\"x\"}",
          "{\"op\":7,\"path\":\"title\",\"value\":\"x\"}",
          "{\"op\":\"replace\",\"path\":7,\"value\":\"x\"}",
          "{\"op\":\"replace\",\"path\":\"name\",\"value\":\"x\"}",
          "{\"op\":\"replace\",\"path\":\"name\",\"value\":[{\"givenName\":{}}]}",
          "{\"op\":\"replace\",\"path\":\"id\",\"value\":\"x\"}",
          "{\"op\":\"replace\",\"path\":\"meta.created\",\"value\":\"x\"}",
          "{\"op\":\"add\",\"path\":\"groups\",\"value\":[{\"value\":\"x\"}]}",
          "{\"op\":\"replace\",\"path\":\"userName\",\"value\":\"\"}",
          "{\"op\":\"replace\",\"path\":\"userName\",\"value\":\"taken@example.com\"}",
          "{\"op\":\"replace\",\"path\":\"profileUrl\",\"value\":\"not a url\"}",
          "{\"op\":\"replace\",\"path\":\"schemas\",\"value\":[\"urn:x\"]}",
          "{\"op\":\"replace\",\"path\":\"schemas\",\"value\":{}}",
          "{\"op\":\"add\",\"path\":\"" + Schema.ENTERPRISE_USER + "\",\"value\":\"x\"}",
          "{\"op\":\"add\",\"path\":\"" + Schema.ENTERPRISE_USER + "\",\"value\":{\"u\":1}}",
          "{\"op\":\"add\",\"value\":{\"" + Schema.ENTERPRISE_USER + "\":[7]}}",
          "{\"op\":\"add\",\"value\":{\"urn:x:y\":[{\"z\":null}],\"emails\":{\"a\":[]}}}",
          "{\"op\":\"add\",\"path\":\"favouriteColour\",\"value\":\"red\"}",
          "{\"op\":\"add\",\"value\":{\"favouriteColour\":\"red\",\"emails[\":1,\"..\":{}}}",
          "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"7\"}]}",
          "{}",
          "[]",
          "7",
          "null",
          "\"x\"",
          "[{\"op\":\"replace\"}]");

  private final Gateway gateway;
  private final int bodies;
  private final long seed;
  private final Map<Integer, Integer> statuses = new TreeMap<>();

  Deactivations(Gateway gateway, int bodies, long seed) {
    this.gateway = gateway;
    this.bodies = bodies;
    this.seed = seed;
  }

  /** A body, and whether an IdP's profile must take the deactivation in it. */
  private record Body(String json, boolean sure) {}

  /** Sends all bodies, each profile its share. */
  void run(int threads) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> shares = new ArrayList<>();
      int share = bodies / (PROFILES.size() * threads) + 1;
      for (int i = 0; i < PROFILES.size() * threads; i++) {
        String profile = PROFILES.get(i % PROFILES.size());
        Random random = new Random(seed + i);
        shares.add(() -> share(profile, random, share));
      }
      for (Future<Void> done : pool.invokeAll(shares)) {
        done.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  String report() {
    return bodies + " bodies, seed " + seed + ", answered " + statuses;
  }

  private Void share(String profile, Random random, int count) {
    ScimClient idp = gateway.connection(profile);
    gateway.admin(
        "PATCH",
        "/connections/" + idp.connection(),
        Json.stored("{\"settings\":{\"brake\":\"off\"}}"));
    idp.create(ScimClient.user("taken@example.com"));
    UUID leaver = null;
    for (int i = 0; i < count; i++) {
      if (leaver == null) {
        leaver = idp.create(ScimClient.user("leaver" + i + "@example.com")).id();
      }
      leaver = check(profile, idp, leaver, body(random)) ? null : leaver;
    }
    return null;
  }

  /** Sends one body; true when the user has left. */
  private boolean check(String profile, ScimClient idp, UUID leaver, Body body) {
    String url = "/scim/v2/Users/" + leaver;
    Answer answer = gateway.call("PATCH", url, idp.token(), body.json());
    String what = "seed %d, %s: %s -> %s".formatted(seed, profile, body, answer.http().body());
    boolean active = active(idp.get(leaver).json());
    synchronized (statuses) {
      statuses.merge(answer.status(), 1, Integer::sum);
    }
    assertThat(answer.status()).as(what).isLessThan(500);
    assertThat(answer.status() < 300 && active).as(what).isFalse();
    if (body.sure() && !profile.equals("standard")) {
      assertThat(answer.status()).as(what).isEqualTo(200);
    }
    return !active;
  }

  private static boolean active(JsonNode user) {
    assertThat(user.path("active").isBoolean()).as(user.toString()).isTrue();
    return user.path("active").booleanValue();
  }

  private static Body body(Random random) {
    boolean sure = random.nextInt(3) > 0;
    List<String> operations = new ArrayList<>();
    operations.add(sure ? sureOperation(random) : oddOperation(random));
    int neighbours = random.nextInt(5);
    for (int i = 0; i < neighbours; i++) {
      operations.add(one(random, NEIGHBOURS));
    }
    Collections.shuffle(operations, random);
    String list = "\"Operations\":[" + String.join(",", operations) + "]";
    String schemas = "\"schemas\":[\"" + PatchOperation.PATCH_OP + "\"]";
    return new Body(
        random.nextBoolean() ? "{" + schemas + "," + list + "}" : "{" + list + "," + schemas + "}",
        sure);
  }

  private static String sureOperation(Random random) {
    String value = one(random, SURE_VALUES);
    return random.nextBoolean()
        ? atPath(random, one(random, SURE_PATHS), value)
        : one(random, SURE_FORMS).formatted(one(random, OPS), value);
  }

  private static String oddOperation(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> atPath(random, one(random, ODD_PATHS), one(random, SURE_VALUES));
      case 1 -> atPath(random, one(random, SURE_PATHS), one(random, ODD_VALUES));
      default -> one(random, ODD_FORMS).formatted(one(random, OPS), one(random, SURE_VALUES));
    };
  }

  private static String atPath(Random random, String path, String value) {
    return "{\"op\":\"%s\",\"path\":\"%s\",\"value\":%s}".formatted(one(random, OPS), path, value);
  }

  private static <T> T one(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
