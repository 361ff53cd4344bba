package io.gatehouse;

import java.util.UUID;

/**
 * One run of this gateway, from its start to its end.
 *
 * @param id unique for each run, so that a reply cannot reach a later run
 */
public record Instance(String id) {

  static Instance started() {
    return new Instance(UUID.randomUUID().toString());
  }

  /**
   * The queue on which other instances report outcomes of commands that a request waits for here.
   */
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
