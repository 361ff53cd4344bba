package io.gatehouse.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The API of an IdP, with the access of one connection. Every call has a time limit and throws
 * {@link IdpApiException} when the API gives no answer.
 */
public interface IdpApi {

  /** The user with this id of the IdP; empty when the IdP has no such user. */
  Optional<RemoteUser> user(String id);

  /** The group with this id of the IdP; empty when the IdP has no such group. */
  Optional<RemoteGroup> group(String id);

  /**
   * The events since the watermark.
   *
   * @param watermark of the last answer; null for the first
   */
  PollResult poll(@Nullable String watermark);

  /** Subscribes the gateway's webhook at the IdP, where the API offers subscriptions. */
  default void subscribe() {}

  /** Renews the subscription of {@link #subscribe} when a signal says that it is about to end. */
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
