package io.gatehouse.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That something happened at the IdP, in no IdP's own words. It is a hint: most of it is true when
 * it arrives, none of it has a profile.
 *
 * @param kind what happened
 * @param source which event said so
 * @param about whom it is about
 * @param resource the user as a SCIM resource, from a sender that says it all; else null, and the
 *     user is fetched
 */
public record Signal(Kind kind, EventRef source, About about, @Nullable ObjectNode resource) {

  /** What happened. */
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

    /** Whether somebody came to or left something that must be named. */
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

  /** The same, said by another event. */
  public Signal from(EventRef event) {
    return new Signal(kind, event, about, resource);
  }

  /** What must stay in order: all signals about one user, group or subscription. */
  public String subject() {
    return kind.topic() + ":" + (kind.isMove() ? groupId() : about.id());
  }

  /** The IdP's id of the group that changed, or that a user joined or left. */
  String groupId() {
    String container = about.container();
    return container == null ? about.id() : container;
  }

  /**
   * Which event said so.
   *
   * @param eventId of the provider; null where it gives none, and equal ones that wait are one
   * @param occurredAt by the provider's clock, if it says so
   */
  public record EventRef(@Nullable String eventId, @Nullable Instant occurredAt) {}

  /**
   * Whom it is about.
   *
   * @param id the IdP's id of the user or, when no user is meant, of the group or subscription
   * @param login the name with which the user signs in, if it was said
   * @param container the IdP's id of the application or group that the user came to or left
   */
  public record About(String id, @Nullable String login, @Nullable String container) {}
}
