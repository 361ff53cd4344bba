package io.gatehouse.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;

/**
 * The attributes of spans: of the semantic conventions of OpenTelemetry, and {@code gatehouse.*}.
 */
final class SpanAttributes {

  static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

  static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
  static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
  static final AttributeKey<String> SERVER = AttributeKey.stringKey("server.address");
  static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");

  static final AttributeKey<String> MESSAGE = AttributeKey.stringKey("messaging.message.id");
  static final AttributeKey<Long> BATCH = AttributeKey.longKey("messaging.batch.message_count");
  static final AttributeKey<String> EVENT = AttributeKey.stringKey("cloudevents.event_id");
  static final AttributeKey<String> EVENT_TYPE = AttributeKey.stringKey("cloudevents.event_type");

  static final AttributeKey<String> TENANT = AttributeKey.stringKey("gatehouse.tenant");
  static final AttributeKey<String> CONNECTION = AttributeKey.stringKey("gatehouse.connection");
  static final AttributeKey<String> COMMAND = AttributeKey.stringKey("gatehouse.command");
  static final AttributeKey<String> ENDPOINT = AttributeKey.stringKey("gatehouse.endpoint");

  private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
  private static final AttributeKey<String> DESTINATION =
      AttributeKey.stringKey("messaging.destination.name");
  private static final AttributeKey<String> OPERATION =
      AttributeKey.stringKey("messaging.operation.name");
  private static final AttributeKey<String> OPERATION_TYPE =
      AttributeKey.stringKey("messaging.operation.type");

  private SpanAttributes() {}

  /**
   * Describes the use of a queue or an address.
   *
   * @param operation send or process
   */
  static void ofMessaging(Span span, String operation, String destination) {
    span.setAttribute(SYSTEM, "activemq")
        .setAttribute(DESTINATION, destination)
        .setAttribute(OPERATION, operation)
        .setAttribute(OPERATION_TYPE, operation);
  }
}
