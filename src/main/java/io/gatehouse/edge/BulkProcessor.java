package io.gatehouse.edge;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Processes bulk requests (RFC 7644 section 3.7): each operation is an ordinary command, and the
 * request as a whole is not atomic.
 */
public final class BulkProcessor {

  private static final String RESPONSE = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";
  private static final Duration DEADLINE = Duration.ofSeconds(40);

  private final Submit submit;
  private final Clock clock;

  /** Submits one write; returns its answer, also when it is refused. */
  @FunctionalInterface
  public interface Submit {
    ScimResponse one(ScimRequest request);
  }

  public BulkProcessor(Submit submit, Clock clock) {
    this.submit = submit;
    this.clock = clock;
  }

  /**
   * Processes a request.
   *
   * @throws io.gatehouse.scim.ScimException 400 or 413 when the bulk request is invalid or too
   *     large
   */
  public ScimResponse answer(ScimRequest request) {
    BulkRequest bulk = BulkRequest.of(request.body());
    BulkRun run = new BulkRun(request, bulk, submit);
    List<BulkOperation> processed = run.until(clock.instant().plus(DEADLINE), clock);

    ObjectNode body = Json.object();
    body.putArray("schemas").add(RESPONSE);
    ArrayNode results = body.putArray("Operations");
    processed.forEach(it -> results.add(run.result(it)));
    return new ScimResponse(200, Map.of(), body);
  }
}
