package io.gatehouse.idp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.idp.Team.Moves;
import io.gatehouse.support.ScimClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** OneLogin, which always sends its template, by one of its connectors. */
final class OneLogin implements Dialect {

  private final Wire wire;
  private final OneLoginConnector connector;
  private int teams;

  OneLogin(ScimClient idp, OneLoginConnector connector) {
    this.wire = new Wire(idp, "application/json", Map.of());
    this.connector = connector;
  }

  /** Then it refreshes what it calls entitlements. */
  @Override
  public void testConnection() {
    wire.requireTotal(0, lookup("onelogin-check"));
    wire.requireTotal(0, "/Groups");
  }

  @Override
  public UUID create(Person person) {
    wire.requireTotal(0, lookup(person.login));
    return UUID.fromString(wire.post("/Users", connector.template(person)).path("id").asText());
  }

  @Override
  public void update(Person person, String... paths) {
    String url = "/Users/" + person.id;
    wire.get(url);
    wire.put(url, connector.template(person));
  }

  @Override
  public void delete(Person person) {
    wire.call("DELETE", "/Users/" + person.id, null, 204);
  }

  @Override
  public UUID create(Team team) {
    wire.requireTotal(teams++, "/Groups");
    return UUID.fromString(wire.post("/Groups", kept(team)).path("id").asText());
  }

  @Override
  public void rename(Team team) {
    throw new UnsupportedOperationException("OneLogin renames no groups");
  }

  @Override
  public List<Moves> move(Team team, Moves moves) {
    wire.call("PATCH", "/Groups/" + team.id, connector.patch(moves), 200);
    return List.of(moves);
  }

  @Override
  public String reference(Person manager) {
    return manager.number;
  }

  /** Templates name no externalId. */
  @Override
  public ObjectNode kept(Person person) {
    ObjectNode kept = person.document();
    kept.remove("externalId");
    return kept;
  }

  @Override
  public ObjectNode kept(Team team) {
    return team.document();
  }

  private static String lookup(String userName) {
    String filter =
        URLEncoder.encode("userName eq \"%s\"".formatted(userName), StandardCharsets.UTF_8);
    return "/Users?filter=" + filter.replace("+", "%20");
  }
}
