package io.gatehouse.support;

import io.gatehouse.support.FakeDirectory.State;
import io.gatehouse.support.FakeDirectory.What;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Somebody in a {@link FakeIdp}. The attributes have one set of names, whatever the vendor calls
 * them: login, email, firstName, lastName, displayName, title, department, ...
 */
public final class FakeUser {

  private final FakeDirectory directory;
  private final String id;
  private final Map<String, String> profile = new LinkedHashMap<>();
  private State state = State.ACTIVE;
  private Instant modified;

  FakeUser(FakeDirectory directory, String id) {
    this.directory = directory;
    this.id = id;
    this.modified = directory.now();
    String login = id.toLowerCase() + "@example.com";
    profile.putAll(
        Map.of("login", login, "email", login, "firstName", "First", "lastName", "Of " + id));
  }

  public String id() {
    return id;
  }

  /** Changes an attribute; null takes it away. */
  public FakeUser with(String attribute, String value) {
    synchronized (directory) {
      if (value == null) {
        profile.remove(attribute);
      } else {
        profile.put(attribute, value);
      }
      modified = directory.now();
      directory.happened(What.USER_UPDATED, id, null);
    }
    return this;
  }

  public boolean isActive() {
    return state == State.ACTIVE;
  }

  public String get(String attribute) {
    return profile.get(attribute);
  }

  State state() {
    return state;
  }

  Instant modified() {
    return modified;
  }

  void enter(State next) {
    state = next;
    modified = directory.now();
  }
}
