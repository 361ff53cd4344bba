package io.gatehouse.directory;

import io.gatehouse.command.EventOrigin;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a person at the IdP.
 *
 * @param idpId what the IdP calls the person, learned from webhooks and polls
 * @param time of the last change at the source, as far as that is known
 */
public record Provenance(@Nullable String idpId, @Nullable Instant time) {

  public static final Provenance UNKNOWN = new Provenance(null, null);

  /** Whether something newer than this has been applied; never, when nobody knows. */
  public boolean isAfter(@Nullable Instant moment) {
    return time != null && moment != null && time.isAfter(moment);
  }

  /** After what the IdP said. */
  Provenance after(EventOrigin origin) {
    return new Provenance(origin.subject(), latest(origin.time()));
  }

  /** After somebody came or left at this time. */
  Provenance after(Instant moment) {
    return new Provenance(idpId, latest(moment));
  }

  private @Nullable Instant latest(@Nullable Instant other) {
    return time == null || (other != null && other.isAfter(time)) ? other : time;
  }
}
