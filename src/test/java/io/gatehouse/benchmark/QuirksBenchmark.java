package io.gatehouse.benchmark;

import io.gatehouse.edge.ScimRequest;
import io.gatehouse.idp.Quirk;
import io.gatehouse.idp.Quirks;
import io.gatehouse.scim.Json;
import io.gatehouse.support.ScimRequests;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** CPU time that all quirks of the profile {@code entra} take in one write. */
class QuirksBenchmark {

  private static final int ROUNDS = Integer.getInteger("rounds", 60);
  private static final int REQUESTS = 1_000;
  private static final Pattern QUIRKS = Pattern.compile("quirks:([a-z,-]+)");

  private static final String CREATE =
      """
      {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User",
                   "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
       "externalId": "elin.sato%1$d", "userName": "elin.sato%1$d@example.com", "active": "True",
       "displayName": "Elin Sato", "title": "Engineer", "preferredLanguage": "sv-SE",
       "name": {"formatted": "Elin Sato", "familyName": "Sato", "givenName": "Elin"},
       "emails": [{"primary": true, "type": "work", "value": "elin.sato%1$d@example.com"}],
       "addresses": [{"type": "work", "locality": "Stockholm", "country": "SE", "primary": false}],
       "phoneNumbers": [{"type": "work", "value": "+46 8 123 456"}],
       "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
         {"employeeNumber": "%1$d", "department": "Research", "costCenter": "4711",
          "manager": "26118915-6090-4610-87e4-49d8ca9f808d"},
       "meta": {"resourceType": "User"}, "roles": []}
      """;

  private static final String PATCH =
      """
      {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
       "Operations": [{"op": "Replace", "path": "active", "value": "False"}]}
      """;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final List<Quirk> entra = new ArrayList<>();

  @Test
  void microsecondsPerWrite() throws IOException {
    String routes = Files.readString(Path.of("routes/idp/entra.camel.yaml"));
    QUIRKS.matcher(routes).results().forEach(it -> entra.add(Quirks.named(it.group(1))));

    report("create", "POST", "Users", CREATE);
    report("PATCH of active", "PATCH", "Users/" + new UUID(0, 1), PATCH);
  }

  private void report(String name, String method, String path, String body) {
    List<Double> rounds = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      rounds.add(round(method, path, body));
    }
    List<Double> warm = new ArrayList<>(rounds.subList(ROUNDS / 2, ROUNDS));
    Collections.sort(warm);
    System.out.printf(
        "BENCHMARK quirks of entra, %s: %.1f us of CPU; the first thousand %.1f%n",
        name, warm.get(warm.size() / 2), rounds.get(0));
  }

  private double round(String method, String path, String body) {
    List<ScimRequest> sent = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      sent.add(ScimRequests.of("entra", method, path, Json.stored(body.formatted(i))));
    }
    int repairs = 0;
    long start = threads.getCurrentThreadCpuTime();
    for (ScimRequest request : sent) {
      ScimRequest meant = request;
      for (Quirk quirk : entra) {
        meant = quirk.fix(meant);
      }
      repairs += meant.repairs().size();
    }
    long taken = threads.getCurrentThreadCpuTime() - start;
    if (repairs < REQUESTS) {
      throw new IllegalStateException("The requests need repairs.");
    }
    return taken / 1000.0 / REQUESTS;
  }
}
