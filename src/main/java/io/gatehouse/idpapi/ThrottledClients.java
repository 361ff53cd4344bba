package io.gatehouse.idpapi;

import io.gatehouse.tenant.ApiAccess.Client;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Creates the HTTP clients of connections. */
record ThrottledClients(JsonHttp http, Clock clock) {

  ThrottledClient open() {
    return new ThrottledClient(http, clock);
  }

  /** Client credentials in the header {@code Authorization}, as RFC 6749 section 2.3.1 prefers. */
  ApiCredentials basic(ThrottledClient line, URI token, Client client, Map<String, String> more) {
    byte[] both = (client.id() + ":" + client.secret()).getBytes(StandardCharsets.UTF_8);
    String header = "Basic " + Base64.getEncoder().encodeToString(both);
    return credentials(line, token, header, more);
  }

  /** Client credentials in the form fields, as Microsoft documents them. */
  ApiCredentials form(ThrottledClient line, URI token, Client client, Map<String, String> more) {
    Map<String, String> fields = new TreeMap<>(more);
    fields.put("client_id", client.id());
    fields.put("client_secret", client.secret());
    return credentials(line, token, null, fields);
  }

  private ApiCredentials credentials(
      ThrottledClient line, URI token, @Nullable String header, Map<String, String> more) {
    Map<String, String> fields = new TreeMap<>(more);
    fields.put("grant_type", "client_credentials");
    ApiRequest request = new ApiRequest("POST", token, header, ApiRequest.Body.form(fields));
    return new ClientCredentials(line, request, clock);
  }
}
