package io.gatehouse;

import java.util.UUID;

/**
 * This gateway, from its start to its end.
 *
 * @param id never used again, so that a reply cannot reach a successor
 */
public record Instance(String id) {

  static Instance started() {
    return new Instance(UUID.randomUUID().toString());
  }

  /** Where this gateway hears that another one has applied a command that is waited for here. */
  public String replyQueue() {
    return replyQueue(id);
  }

  /** The name of the servlet that webhooks come to. */
  public String webhookServlet() {
    return id + "-webhooks";
  }

  public static String replyQueue(String instance) {
    return "gatehouse.replies." + instance;
  }
}
