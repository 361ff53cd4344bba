package io.gatehouse.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The API of an IdP, as one connection may use it. Every call is bounded in time, and throws {@link
 * IdpApiException} when there is no answer now.
 */
public interface IdpApi {

  /** The user with this id of the IdP; empty when there is none any more. */
  Optional<RemoteUser> user(String id);

  /** The group with this id of the IdP; empty when there is none any more. */
  Optional<RemoteGroup> group(String id);

  /**
   * What happened since.
   *
   * @param watermark of the last answer; null for the first
   */
  PollResult poll(@Nullable String watermark);

  /** Sees to it that the IdP calls our webhook, where that can be asked of it. */
  default void subscribe() {}

  /** Mends what {@link #subscribe} has made, when a signal says that it is about to end. */
  default void onLifecycleSignal(Signal signal) {}

  /**
   * A user.
   *
   * @param id the IdP's
   * @param resource as a SCIM User, {@code active} included, with what the IdP's profile has; an
   *     attribute that it has no value for is null, and one that SCIM names otherwise is missing
   * @param assigned whether the user is in the application or group that the connection is for;
   *     false when none is named in its settings
   * @param modifiedAt by the IdP's clock, if it says so
   */
  record RemoteUser(
      String id, ObjectNode resource, boolean assigned, @Nullable Instant modifiedAt) {}

  /**
   * A group.
   *
   * @param members ids of the IdP, of users only
   */
  record RemoteGroup(String id, String displayName, Set<String> members) {}

  /**
   * An answer to a poll.
   *
   * @param watermark where the next one begins
   * @param more whether the next one should come at once
   */
  record PollResult(List<Signal> signals, String watermark, boolean more) {}
}
