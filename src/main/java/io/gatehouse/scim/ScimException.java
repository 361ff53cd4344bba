package io.gatehouse.scim;

/**
 * Carries a {@link Refusal} out of a parser to the place that turns it into an answer. Never stands
 * for a defect.
 */
public final class ScimException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  public ScimException(Refusal refusal) {
    super(refusal.detail(), null, false, false);
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }

  public static ScimException invalidSyntax(String detail) {
    return new ScimException(Refusal.badRequest("invalidSyntax", detail));
  }

  public static ScimException invalidValue(String detail) {
    return new ScimException(Refusal.badRequest("invalidValue", detail));
  }

  public static ScimException invalidPath(String detail) {
    return new ScimException(Refusal.badRequest("invalidPath", detail));
  }

  public static ScimException invalidFilter(String detail) {
    return new ScimException(Refusal.badRequest("invalidFilter", detail));
  }

  public static ScimException noTarget(String detail) {
    return new ScimException(Refusal.badRequest("noTarget", detail));
  }

  /** Too many operations, values or comparisons, or too large a resource. */
  public static ScimException tooMany(String detail) {
    return new ScimException(Refusal.badRequest("tooMany", detail));
  }

  public static ScimException mutability(String detail) {
    return new ScimException(Refusal.badRequest("mutability", detail));
  }
}
