package io.gatehouse.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A request that is answered with an error (RFC 7644 section 3.12).
 *
 * @param status the HTTP status
 * @param scimType the detail error keyword of table 9, or null
 * @param detail a sentence for the administrator who reads the IdP's log
 * @param allow the methods that the address serves, when the status is 405, else null
 */
public record ScimError(
    int status, @Nullable String scimType, String detail, @Nullable String allow) {

  public static final int UNIQUENESS = 409;
  public static final int PRECONDITION_FAILED = 412;
  public static final int TOO_MANY = 429;
  public static final int UNAVAILABLE = 503;
  public static final String ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";

  public ScimError(int status, @Nullable String scimType, String detail) {
    this(status, scimType, detail, null);
  }

  public static ScimError badRequest(String scimType, String detail) {
    return new ScimError(400, scimType, detail);
  }

  public static ScimError notFound(String detail) {
    return new ScimError(404, null, detail);
  }

  public static ScimError uniqueness(String detail) {
    return new ScimError(UNIQUENESS, "uniqueness", detail);
  }

  public static ScimError preconditionFailed(String detail) {
    return new ScimError(PRECONDITION_FAILED, null, detail);
  }

  /** The error 405, with the methods of the path in the form of {@code Allow}. */
  public static ScimError methodNotAllowed(String allow) {
    return new ScimError(
        405, null, "The method is not allowed here; allowed: " + allow + ".", allow);
  }

  /** The error 429: the IdP has to try again later. */
  public static ScimError tooMany(String detail) {
    return new ScimError(TOO_MANY, null, detail);
  }

  public static ScimError unavailable(String detail) {
    return new ScimError(UNAVAILABLE, null, detail);
  }

  /** The error body; {@code status} is a string there. */
  public ObjectNode body() {
    ObjectNode body = Json.object();
    body.putArray("schemas").add(ERROR);
    body.put("status", String.valueOf(status));
    if (scimType != null) {
      body.put("scimType", scimType);
    }
    return body.put("detail", detail);
  }
}
