package io.gatehouse.directory;

import io.gatehouse.command.EventOrigin;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a user at the IdP, as far as it is known.
 *
 * @param idpId the IdP's id of the user, learned from webhooks and polls
 * @param time of the last change at the IdP, as far as it is known
 */
public record Provenance(@Nullable String idpId, @Nullable Instant time) {

  public static final Provenance UNKNOWN = new Provenance(null, null);

  /** Whether a change after this time has been applied; false when either time is unknown. */
  public boolean isAfter(@Nullable Instant moment) {
    return time != null && moment != null && time.isAfter(moment);
  }

  /** As {@link #isAfter}, or at this time: IdPs tell the time in milliseconds. */
  public boolean isAtOrAfter(@Nullable Instant moment) {
    return time != null && moment != null && !time.isBefore(moment);
  }

  /** The provenance after an event of the IdP. */
  Provenance after(EventOrigin origin) {
    return new Provenance(origin.subject(), latest(origin.time()));
  }

  /** The provenance after an arrival or departure at this time. */
  Provenance after(Instant moment) {
    return new Provenance(idpId, latest(moment));
  }

  private @Nullable Instant latest(@Nullable Instant other) {
    return time == null || (other != null && other.isAfter(time)) ? other : time;
  }
}
