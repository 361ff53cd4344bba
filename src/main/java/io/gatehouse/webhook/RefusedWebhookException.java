package io.gatehouse.webhook;

/** Carries the refusal of a webhook call to the place that answers. Never stands for a defect. */
public final class RefusedWebhookException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient WebhookResponse answer;

  /** A refusal in a form of the sender's own. */
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

  /** Nobody learns which of the checks it was. */
  public static RefusedWebhookException unauthorized() {
    return of(401, "The call does not prove that it comes from the sender that was set up.");
  }

  public WebhookResponse answer() {
    return answer;
  }
}
