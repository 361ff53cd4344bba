package io.gatehouse.outage;

/** Who calls the gateway, and what for: the columns of the table. */
enum CallKind {
  WRITE("SCIM writes"),
  READ("SCIM reads"),
  WEBHOOK("Webhooks in"),
  ADMIN_READ("Admin reads"),
  ADMIN_CHANGE("Admin changes"),
  PAGE("Portal"),
  FEED("HTTP feed"),
  /** The state of the gateway, which is told in every outage. */
  STATUS(""),
  OVERVIEW(""),
  LIVENESS("");

  private final String title;

  CallKind(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Whether the row of an outage says what is answered. */
  boolean isInTable() {
    return !title.isEmpty();
  }
}
