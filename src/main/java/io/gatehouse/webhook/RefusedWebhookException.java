package io.gatehouse.webhook;

/**
 * Carries the refusal of a webhook call to the code that writes the answer. It never represents a
 * defect of the gateway.
 */
public final class RefusedWebhookException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient WebhookResponse answer;

  /** Creates a refusal in the sender's own form. */
  public RefusedWebhookException(WebhookResponse answer) {
    super(answer.body(), null, false, false);
    this.answer = answer;
  }

  public static RefusedWebhookException of(int status, String detail) {
    return new RefusedWebhookException(WebhookResponse.problem(status, detail));
  }

  public static RefusedWebhookException badRequest(String detail) {
    return of(400, detail);
  }

  /** The refusal 401; it does not reveal which check failed. */
  public static RefusedWebhookException unauthorized() {
    return of(401, "The call does not prove that it comes from the sender that was set up.");
  }

  public WebhookResponse answer() {
    return answer;
  }
}
