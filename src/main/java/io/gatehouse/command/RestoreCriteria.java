package io.gatehouse.command;

/**
 * By what a POST recognises a user of its connection who is inactive and comes back.
 *
 * @param externalId whether an externalId names one person for ever, so that it brings back the
 *     user who has it, renamed if need be; else it may be given to new people, and only the
 *     userName recognises
 * @param inactive whether the userName of a user who is inactive and still shown brings that user
 *     back; else it is taken, to the letter of RFC 7644 section 3.3
 */
public record RestoreCriteria(boolean externalId, boolean inactive) {

  /** The quirk that brings back users who are still shown. */
  public static final String RESTORE = "restore-on-create";

  /** What a client is taken at that no profile knows better. */
  public static final RestoreCriteria STANDARD = new RestoreCriteria(true, false);

  /** The same, where an externalId names one person for ever, or does not. */
  public RestoreCriteria byExternalId(boolean stable) {
    return new RestoreCriteria(stable, inactive);
  }

  /** The same, where a POST brings back users who are still shown. */
  public RestoreCriteria ofInactive() {
    return new RestoreCriteria(externalId, true);
  }
}
