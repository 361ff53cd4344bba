package io.gatehouse.idpapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.gatehouse.inbox.IdpApiException;
import io.gatehouse.inbox.IdpPolls;
import io.gatehouse.inbox.IdpStates;
import io.gatehouse.scim.Json;
import io.gatehouse.tenant.SecretCipher;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The stored state of the subscriptions that the gateway has created at Microsoft Graph. */
record GraphState(UUID connection, IdpStates states, SecretCipher vault) {

  private static final String NAME = "graph.subscriptions";
  private static final String TURN = "subscribe";
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration SOON = Duration.ofSeconds(10);

  /** A subscription, with the secret that it was created with. */
  record Known(String id, String resource, String expires, String secret) {}

  /** The subscriptions by resource. */
  Map<String, Known> known() {
    Map<String, Known> known = new TreeMap<>();
    String kept = states.value(connection, NAME);
    for (JsonNode it : kept == null ? Json.array() : read(kept)) {
      Known one =
          new Known(
              it.path("id").asText(),
              it.path("resource").asText(),
              it.path("expires").asText(),
              opened(it.path("clientState").asText()));
      known.put(one.resource(), one);
    }
    return known;
  }

  private static JsonNode read(String kept) {
    try {
      return Json.MAPPER.readTree(kept);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Decrypts a secret; empty text when it was encrypted with another key. */
  private String opened(String sealed) {
    try {
      return vault.decrypt(sealed);
    } catch (IllegalStateException | IllegalArgumentException e) {
      return "";
    }
  }

  void keep(Collection<Known> all) {
    ArrayNode kept = Json.array();
    for (Known it : all) {
      kept.addObject()
          .put("id", it.id())
          .put("resource", it.resource())
          .put("expires", it.expires())
          .put("clientState", vault.encrypt(it.secret()));
    }
    states.keep(connection, NAME, Json.text(kept));
  }

  /** Runs the work unless another instance holds the lease; true when it was run. */
  boolean withLease(Runnable work) {
    if (!states.begin(connection, TURN, LONGEST)) {
      return false;
    }
    try {
      work.run();
    } finally {
      states.end(connection, TURN, Duration.ZERO);
    }
    return true;
  }

  void withLeaseOrLater(Runnable work) {
    if (!withLease(work)) {
      throw new IdpApiException("Another instance works on the subscriptions", SOON, null);
    }
  }

  /** Requests a poll at once, because a notification was lost. */
  void pollSoon() {
    states.end(connection, IdpPolls.TURN, Duration.ZERO);
  }
}
