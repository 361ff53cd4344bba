package io.gatehouse.edge;

/** Carries the refusal of a webhook call to the place that answers. Never stands for a defect. */
public final class RefusedCallException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient WebhookAnswer answer;

  /** A refusal in a form of the sender's own. */
  public RefusedCallException(WebhookAnswer answer) {
    super(answer.body(), null, false, false);
    this.answer = answer;
  }

  public static RefusedCallException of(int status, String detail) {
    return new RefusedCallException(WebhookAnswer.problem(status, detail));
  }

  public static RefusedCallException badRequest(String detail) {
    return of(400, detail);
  }

  /** Nobody learns which of the checks it was. */
  public static RefusedCallException unauthorized() {
    return of(401, "The call does not prove that it comes from the sender that was set up.");
  }

  public WebhookAnswer answer() {
    return answer;
  }
}
