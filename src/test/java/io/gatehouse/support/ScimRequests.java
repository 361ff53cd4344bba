package io.gatehouse.support;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.command.WrittenResponses;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schemas;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Requests as the routes of an IdP get them, made without a gateway. */
public final class ScimRequests {

  private static final UUID ID = new UUID(0, 1);

  private ScimRequests() {}

  /** A request of a connection without settings, whose tenant has no extensions. */
  public static ScimRequest of(String idp, String method, String path, ObjectNode body) {
    return of(client(idp, Json.object(), Schemas.STANDARD), line(method, path, Map.of()), body);
  }

  public static ScimRequest of(ScimRequest.Client client, ScimRequest.Line line, ObjectNode body) {
    return new ScimRequest(client, line, ScimRequest.Conditions.NONE, body, List.of());
  }

  public static ScimRequest.Line line(String method, String path, Map<String, String> parameters) {
    return new ScimRequest.Line(method, path, parameters, "http://localhost/scim/v2");
  }

  public static ScimRequest.Client client(String idp, ObjectNode settings, Schemas schemas) {
    return new ScimRequest.Client(
        new Caller(ID, "acme", ID, idp), settings, schemas, "seal", new WrittenResponses().call());
  }
}
