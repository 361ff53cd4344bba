package io.gatehouse.scim;

/**
 * Carries a {@link ScimError} to the code that writes the answer. It never represents a defect of
 * the gateway.
 */
public final class ScimException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ScimError error;

  public ScimException(ScimError error) {
    super(error.detail(), null, false, false);
    this.error = error;
  }

  public ScimError refusal() {
    return error;
  }

  public static ScimException invalidSyntax(String detail) {
    return new ScimException(ScimError.badRequest("invalidSyntax", detail));
  }

  public static ScimException invalidValue(String detail) {
    return new ScimException(ScimError.badRequest("invalidValue", detail));
  }

  public static ScimException invalidPath(String detail) {
    return new ScimException(ScimError.badRequest("invalidPath", detail));
  }

  public static ScimException invalidFilter(String detail) {
    return new ScimException(ScimError.badRequest("invalidFilter", detail));
  }

  public static ScimException noTarget(String detail) {
    return new ScimException(ScimError.badRequest("noTarget", detail));
  }

  /** Too many operations, values or comparisons, or too large a resource. */
  public static ScimException tooMany(String detail) {
    return new ScimException(ScimError.badRequest("tooMany", detail));
  }

  public static ScimException mutability(String detail) {
    return new ScimException(ScimError.badRequest("mutability", detail));
  }
}
