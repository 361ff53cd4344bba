package io.gatehouse.command;

/**
 * The criteria by which a POST recognises an inactive user of its connection who returns.
 *
 * @param externalId whether an externalId is permanent, so that it restores the user who has it,
 *     renamed if need be; else it may be reassigned to a new user, and only the userName counts
 * @param inactive whether the userName of an inactive user who is still visible restores that user;
 *     else it is answered 409 as in RFC 7644 section 3.3
 */
public record RestoreCriteria(boolean externalId, boolean inactive) {

  /** Name of the quirk that restores users who are still visible. */
  public static final String RESTORE = "restore-on-create";

  /** The criteria for clients without a profile. */
  public static final RestoreCriteria STANDARD = new RestoreCriteria(true, false);

  /** These criteria, with an externalId that is permanent or not. */
  public RestoreCriteria byExternalId(boolean stable) {
    return new RestoreCriteria(stable, inactive);
  }

  /** These criteria, and a POST restores users who are still visible. */
  public RestoreCriteria ofInactive() {
    return new RestoreCriteria(externalId, true);
  }
}
