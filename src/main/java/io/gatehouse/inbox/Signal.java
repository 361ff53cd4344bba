package io.gatehouse.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event at the IdP, in a form that is independent of the IdP. It is a hint: it is usually still
 * true when it arrives, and most signals carry no profile.
 *
 * @param kind of the event
 * @param source the event
 * @param about the user, group or subscription that it concerns
 * @param resource the user as a SCIM resource, when the sender gives the whole user; else null, and
 *     the user is fetched
 * @param traceparent the trace of the call that it came by; it is stored beside the signal, not in
 *     it
 */
public record Signal(
    Kind kind,
    EventRef source,
    About about,
    @Nullable ObjectNode resource,
    @Nullable String traceparent) {

  /** A signal of no trace. */
  public Signal(Kind kind, EventRef source, About about, @Nullable ObjectNode resource) {
    this(kind, source, about, resource, null);
  }

  /** The same signal in a trace, if there is one. */
  public Signal traced(@Nullable String trace) {
    return new Signal(kind, source, about, resource, trace);
  }

  /** The kinds of events. */
  public enum Kind {
    /** A user was created or changed: fetch them. */
    USER_CHANGED,

    /** A user was activated after having been deactivated or suspended: fetch them. */
    USER_ACTIVATED,

    /** A user was deactivated or suspended. */
    USER_DEACTIVATED,

    /** A user was deleted, and cannot be fetched any more. */
    USER_DELETED,

    /** A user was assigned to an application: {@link About#container()}. */
    USER_ASSIGNED,

    USER_UNASSIGNED,

    /** A group was created or changed: fetch it. */
    GROUP_CHANGED,

    GROUP_DELETED,

    /** A user joined the group {@link About#container()}. */
    MEMBER_ADDED,

    MEMBER_REMOVED,

    /** The IdP's own subscription {@link About#id()} must be renewed. */
    FEED_EXPIRES,

    /** The IdP's own subscription {@link About#id()} has ended, or has left something out. */
    FEED_BROKEN;

    /** Whether it concerns an application or group that {@link About#container()} must name. */
    public boolean hasContainer() {
      return switch (this) {
        case USER_ASSIGNED, USER_UNASSIGNED, MEMBER_ADDED, MEMBER_REMOVED -> true;
        default -> false;
      };
    }

    private boolean isMove() {
      return this == MEMBER_ADDED || this == MEMBER_REMOVED;
    }

    private String topic() {
      return switch (this) {
        case GROUP_CHANGED, GROUP_DELETED, MEMBER_ADDED, MEMBER_REMOVED -> "group";
        case FEED_EXPIRES, FEED_BROKEN -> "feed";
        default -> "user";
      };
    }
  }

  /** The same signal with another event as its source. */
  public Signal from(EventRef event) {
    return new Signal(kind, event, about, resource, traceparent);
  }

  /** The key of signals that must stay in order: one user, group or subscription. */
  public String subject() {
    return kind.topic() + ":" + (kind.isMove() ? groupId() : about.id());
  }

  /** The IdP's id of the group that changed, or that a user joined or left. */
  String groupId() {
    String container = about.container();
    return container == null ? about.id() : container;
  }

  /**
   * The event behind a signal.
   *
   * @param eventId of the provider; null where it gives none, and equal waiting signals are merged
   * @param occurredAt by the provider's clock; null when it does not say
   */
  public record EventRef(@Nullable String eventId, @Nullable Instant occurredAt) {}

  /**
   * The subject of a signal.
   *
   * @param id the IdP's id of the user or, when no user is meant, of the group or subscription
   * @param login the name with which the user signs in; null when the event lacks it
   * @param container the IdP's id of the application or group that the user joined or left
   */
  public record About(String id, @Nullable String login, @Nullable String container) {}
}
