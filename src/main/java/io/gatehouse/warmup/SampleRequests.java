package io.gatehouse.warmup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.command.WrittenResponses;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schemas;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Requests as identity providers send them.
 *
 * @param caller a caller without a tenant
 * @param name the userName of the user whom they are about
 */
record SampleRequests(Caller caller, String name) {

  private static final String BASE = "http://localhost/scim/v2";

  private static final String CREATE =
      """
      {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User",
                  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
       "externalId":"%1$s","userName":"%1$s","active":true,"displayName":"Elin Sato",
       "emails":[{"primary":true,"type":"work","value":"%1$s"}],
       "meta":{"resourceType":"User"},
       "name":{"formatted":"Elin Sato","familyName":"Sato","givenName":"Elin"},
       "title":"Engineer","preferredLanguage":"sv","locale":"sv-SE","userType":"Employee",
       "addresses":[{"type":"work","streetAddress":"Kungsgatan 1","locality":"Stockholm",
                     "postalCode":"11143","country":"SE"}],
       "phoneNumbers":[{"type":"work","value":"+46 8 123 456"},{"type":"mobile","value":"+46 70 123 456"}],
       "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
         {"employeeNumber":"4711","department":"Research","costCenter":"R1","organization":"Example"}}
      """;

  private static final String MODIFY =
      """
      {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
       "Operations":[{"op":"replace","path":"displayName","value":"Elin Berg"},
                     {"op":"replace","path":"emails[type eq \\"work\\"].value","value":"elin.%1$s"},
                     {"op":"add","path":"title","value":"Manager"}]}
      """;

  private static final String DEACTIVATE =
      """
      {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
       "Operations":[{"op":"replace","value":{"active":false}}]}
      """;

  ScimRequest create() {
    return request("POST", "Users", Map.of(), body(CREATE));
  }

  /** A change and a deactivation, each by PATCH, and the deletion. */
  List<ScimRequest> changes(UUID user) {
    String path = "Users/" + user;
    return List.of(
        request("PATCH", path, Map.of(), body(MODIFY)),
        request("PATCH", path, Map.of(), body(DEACTIVATE)),
        request("DELETE", path, Map.of(), Json.object()));
  }

  List<ScimRequest> reads(UUID user) {
    Map<String, String> filter = Map.of("filter", "userName eq \"" + name + "\"");
    return List.of(
        request("GET", "Users", filter, Json.object()),
        request("GET", "Users/" + user, Map.of(), Json.object()));
  }

  private ObjectNode body(String text) {
    return Json.object(text.formatted(name).getBytes(StandardCharsets.UTF_8));
  }

  private ScimRequest request(
      String method, String path, Map<String, String> parameters, ObjectNode body) {
    ScimRequest.Client client =
        new ScimRequest.Client(
            caller, Json.object(), Schemas.STANDARD, "", new WrittenResponses().call());
    return new ScimRequest(
        client,
        new ScimRequest.Line(method, path, parameters, BASE),
        ScimRequest.Conditions.NONE,
        body,
        List.of());
  }
}
