package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.idpapi.GraphState.Known;
import io.gatehouse.inbox.Signal;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.scim.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Maintains the two subscriptions at Microsoft Graph, to users and to groups, that call the
 * gateway's webhook. Creates missing ones, renews those past half of their lifetime, and deletes
 * unknown ones that call the same webhook.
 */
final class GraphSubscriptions {

  private static final String ALL = "/v1.0/subscriptions";
  private static final List<String> RESOURCES = List.of("users", "groups");

  private final ApiClient api;
  private final GraphState state;
  private final GraphCallback callback;

  GraphSubscriptions(ApiClient api, GraphState state, GraphCallback callback) {
    this.api = api;
    this.state = state;
    this.callback = callback;
  }

  /** Creates, renews and deletes subscriptions as needed, unless another instance does so. */
  void keep() {
    state.withLease(this::mend);
  }

  /** Handles a lifecycle notification of a subscription. */
  void onLifecycleSignal(Signal signal) {
    if (signal.kind() == Kind.FEED_EXPIRES) {
      state.withLeaseOrLater(() -> reauthorize(signal.about().id()));
    } else if (signal.kind() == Kind.FEED_BROKEN) {
      state.withLeaseOrLater(this::mend);
      state.pollSoon();
    }
  }

  /**
   * Deletes unknown subscriptions first: Graph refuses a second subscription to the same resource.
   */
  private void mend() {
    Map<String, JsonNode> present = present();
    Map<String, Known> kept = state.known();
    kept.values().removeIf(it -> !present.containsKey(it.id()) || !hasOurSecret(it));
    Set<String> strays = new TreeSet<>(present.keySet());
    kept.values().forEach(it -> strays.remove(it.id()));
    strays.forEach(it -> api.delete(ALL + "/" + it));
    for (String resource : RESOURCES) {
      Known known = kept.get(resource);
      if (known == null) {
        keep(kept, resource, api.post(ALL, callback.request(resource)).json());
      } else if (isHalfOver(present.get(known.id()))) {
        keep(kept, resource, renewed(known.id()));
      }
    }
  }

  private boolean hasOurSecret(Known known) {
    return known.secret().equals(callback.secret());
  }

  private boolean isHalfOver(@Nullable JsonNode subscription) {
    Instant end =
        subscription == null ? null : new ProfileValues(subscription).time("expirationDateTime");
    return end == null || callback.isHalfOver(end);
  }

  /** The subscriptions of this application that call this webhook, by id. */
  private Map<String, JsonNode> present() {
    Map<String, JsonNode> present = new TreeMap<>();
    String page = ALL;
    while (page != null) {
      JsonNode answer = api.get(page).json();
      for (JsonNode it : answer.path("value")) {
        if (it.path("notificationUrl").asText().equals(callback.url())) {
          present.put(it.path("id").asText(), it);
        }
      }
      page = Json.text(answer, "@odata.nextLink");
    }
    return present;
  }

  /**
   * Stores a subscription at once, because Graph calls at once, and calls of an unknown
   * subscription are ignored.
   */
  private void keep(Map<String, Known> kept, String resource, JsonNode made) {
    kept.put(
        resource,
        new Known(
            made.path("id").asText(),
            resource,
            made.path("expirationDateTime").asText(),
            callback.secret()));
    state.keep(kept.values());
  }

  private JsonNode renewed(String id) {
    return api.patch(ALL + "/" + id, callback.renewal()).json();
  }

  private void reauthorize(String id) {
    Map<String, Known> kept = state.known();
    for (Known known : List.copyOf(kept.values())) {
      if (known.id().equals(id) && api.send("POST", ALL + "/" + id + "/reauthorize", null).isOk()) {
        keep(kept, known.resource(), renewed(id));
        return;
      }
    }
    mend();
  }
}
