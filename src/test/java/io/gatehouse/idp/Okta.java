package io.gatehouse.idp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.idp.Team.Moves;
import io.gatehouse.support.ScimClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Okta, by an application of one of its two kinds. */
final class Okta implements Dialect {

  private final Wire wire;
  private final OktaApplication application;

  Okta(ScimClient idp, OktaApplication application) {
    this.wire =
        new Wire(
            idp,
            "application/scim+json; charset=utf-8",
            Map.of(
                "User-Agent", "Okta SCIM Client 1.0.0",
                "Accept", "application/scim+json",
                "Accept-Charset", "utf-8"));
    this.application = application;
  }

  /** What Okta maps of a person. */
  static ObjectNode profile(Person person) {
    return person.document().put("locale", "en-US");
  }

  @Override
  public void testConnection() {
    wire.get("/ServiceProviderConfig");
    wire.requireTotal(0, "/Users?startIndex=1&count=2");
  }

  @Override
  public UUID create(Person person) {
    wire.requireTotal(0, lookup("/Users", "userName", person.login));
    ObjectNode asked = profile(person).put("password", "9hqR2vTz");
    asked.putArray("groups");
    return UUID.fromString(wire.post("/Users", asked).path("id").asText());
  }

  /** Somebody who is assigned again is looked for first. */
  @Override
  public void update(Person person, String... paths) {
    if (person.active && List.of(paths).contains("active")) {
      wire.requireTotal(1, lookup("/Users", "userName", person.login));
    }
    application.update(wire, person, paths);
  }

  @Override
  public void delete(Person person) {
    throw new UnsupportedOperationException("Okta deletes nobody");
  }

  @Override
  public UUID create(Team team) {
    wire.requireTotal(0, lookup("/Groups", "displayName", team.name));
    ObjectNode asked = kept(team);
    asked.putArray("members");
    return UUID.fromString(wire.post("/Groups", asked).path("id").asText());
  }

  @Override
  public void rename(Team team) {
    application.rename(wire, team);
  }

  /** All in one request. */
  @Override
  public List<Moves> move(Team team, Moves moves) {
    application.move(wire, team, moves);
    return List.of(moves);
  }

  @Override
  public String reference(Person manager) {
    return manager.number;
  }

  @Override
  public ObjectNode kept(Person person) {
    return profile(person);
  }

  @Override
  public ObjectNode kept(Team team) {
    return team.document();
  }

  private static String lookup(String collection, String attribute, String value) {
    String filter =
        URLEncoder.encode("%s eq \"%s\"".formatted(attribute, value), StandardCharsets.UTF_8);
    return collection + "?filter=" + filter.replace("+", "%20") + "&startIndex=1&count=100";
  }
}
