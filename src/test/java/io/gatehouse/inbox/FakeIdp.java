package io.gatehouse.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.inbox.InboxTasks.Task;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schema;
import io.gatehouse.tenant.Connections.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** An IdP with its API, and what it signals. */
final class FakeIdp implements IdpApi {

  static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

  private final Map<String, RemoteUser> users = new HashMap<>();
  private final Map<String, RemoteGroup> groups = new HashMap<>();

  final List<String> calls = new ArrayList<>();
  final List<Signal> lifecycle = new ArrayList<>();
  boolean away;

  /** Settings of a connection; what is null is not named. */
  static ObjectNode settings(String application, String group) {
    ObjectNode settings = Json.object();
    ObjectNode api = settings.putObject("api");
    if (application != null) {
      api.put("application", application);
    }
    if (group != null) {
      api.put("group", group);
    }
    return settings;
  }

  static Task task(Signal signal, ObjectNode settings) {
    return new Task(
        7,
        new Connection(new UUID(0, 1), new UUID(0, 2), "acme", "okta", "okta", settings),
        "webhook",
        signal,
        1);
  }

  static Task task(Signal signal) {
    return task(signal, settings("app1", null));
  }

  static Signal signal(Signal.Kind kind, String id, String container) {
    return signal(kind, id, container, NOON);
  }

  static Signal signal(Signal.Kind kind, String id, String container, Instant at) {
    return new Signal(
        kind, new Signal.EventRef("e1", at), new Signal.About(id, null, container), null);
  }

  /** A user of the IdP, who was changed at noon. */
  RemoteUser user(String id, boolean active, boolean assigned) {
    return user(id, active, assigned, NOON);
  }

  RemoteUser user(String id, boolean active, boolean assigned, Instant modified) {
    ObjectNode resource = Json.object().put("userName", id + "@example.com").put("active", active);
    resource.putArray("schemas").add(Schema.USER);
    RemoteUser user = new RemoteUser(id, resource, assigned, modified);
    users.put(id, user);
    return user;
  }

  void group(String id, String name, Set<String> members) {
    groups.put(id, new RemoteGroup(id, name, members));
  }

  @Override
  public Optional<RemoteUser> user(String id) {
    called("user " + id);
    return Optional.ofNullable(users.get(id));
  }

  @Override
  public Optional<RemoteGroup> group(String id) {
    called("group " + id);
    return Optional.ofNullable(groups.get(id));
  }

  private void called(String what) {
    calls.add(what);
    if (away) {
      throw new IdpApiException("The IdP asks to wait", Duration.ofSeconds(42), null);
    }
  }

  @Override
  public PollResult poll(String watermark) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void onLifecycleSignal(Signal signal) {
    lifecycle.add(signal);
  }
}
