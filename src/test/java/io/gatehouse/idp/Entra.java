package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.gatehouse.idp.Team.Moves;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.support.ScimClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Microsoft Entra ID, in one of its dialects, or in both of them in turn. */
final class Entra implements Dialect {

  private static final String ADSCIM =
      "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group";

  private final Wire wire;
  private final List<EntraGrammar> grammars;
  private final AtomicInteger turn = new AtomicInteger();

  Entra(ScimClient idp, List<EntraGrammar> grammars) {
    this.wire = new Wire(idp, "application/scim+json; charset=utf-8", Map.of());
    this.grammars = grammars;
  }

  private EntraGrammar grammar() {
    return grammars.get(turn.getAndIncrement() % grammars.size());
  }

  @Override
  public void testConnection() {
    wire.requireTotal(0, grammar().url(users("userName", UUID.randomUUID().toString())));
    wire.requireTotal(0, grammar().url(groups(UUID.randomUUID().toString())));
  }

  @Override
  public UUID create(Person person) {
    EntraGrammar grammar = grammar();
    wire.requireTotal(0, grammar.url(users("userName", person.login)));
    ObjectNode asked = person.document();
    asked.set("active", grammar.flag(person.active));
    asked.putArray("roles");
    asked.putObject("meta").put("resourceType", "User");
    return id(wire.post(grammar.url("/Users"), asked));
  }

  @Override
  public void update(Person person, String... paths) {
    EntraGrammar grammar = grammar();
    String url = grammar.url("/Users/" + person.id);
    wire.get(url);
    boolean first = List.of(paths).contains(Person.MANAGER);
    patch(url, grammar.changes(first, values(grammar, person, paths)), 200);
  }

  private static Map<String, JsonNode> values(
      EntraGrammar grammar, Person person, String... paths) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (String path : paths) {
      if (path.equals("emails")) {
        values.put("emails[type eq \"work\"].value", TextNode.valueOf(person.login));
      } else if (path.startsWith(Person.MANAGER)) {
        values.put(Person.MANAGER, TextNode.valueOf(person.manager));
      } else {
        JsonNode value = person.at(path);
        values.put(path, value.isBoolean() ? grammar.flag(value.booleanValue()) : value);
      }
    }
    return values;
  }

  /** Thirty days after it was disabled; and once more, as after an answer that was lost. */
  @Override
  public void delete(Person person) {
    String url = grammar().url("/Users/" + person.id);
    wire.call("DELETE", url, null, 204);
    wire.call("DELETE", url, null, 404);
  }

  @Override
  public UUID create(Team team) {
    EntraGrammar grammar = grammar();
    wire.requireTotal(0, grammar.url(groups(team.name)));
    ObjectNode asked = kept(team);
    asked.withArray("schemas").add(ADSCIM);
    asked.putObject("meta").put("resourceType", "Group");
    UUID id = id(wire.post(grammar.url("/Groups"), asked));
    wire.get(grammar.url("/Groups/" + id + "?excludedAttributes=members"));
    return id;
  }

  @Override
  public void rename(Team team) {
    EntraGrammar grammar = grammar();
    patch(
        grammar.url("/Groups/" + team.id),
        grammar.changes(false, Map.of("displayName", TextNode.valueOf(team.name))),
        204);
  }

  /** Comers and goers apart; and with those who go all who stay are added once more. */
  @Override
  public List<Moves> move(Team team, Moves moves) {
    List<Moves> made = new ArrayList<>();
    String url = "/Groups/" + team.id;
    if (!moves.joined().isEmpty()) {
      EntraGrammar grammar = grammar();
      moves.joined().parallelStream().forEach(it -> requireMember(0, team, it));
      patch(grammar.url(url), grammar.joining(moves.joined()), 204);
      made.add(new Moves(moves.joined(), Set.of()));
    }
    if (!moves.left().isEmpty()) {
      EntraGrammar grammar = grammar();
      moves.left().parallelStream().forEach(it -> requireMember(1, team, it));
      patch(grammar.url(url), grammar.leaving(moves.left()), 204);
      patch(grammar.url(url), grammar.joining(Team.ids(team.members)), 204);
      made.add(new Moves(Set.of(), moves.left()));
    }
    return made;
  }

  private void requireMember(int times, Team team, UUID member) {
    String filter = "id eq \"%s\" and members eq \"%s\"".formatted(team.id, member);
    wire.requireTotal(times, "/Groups?filter=" + encoded(filter));
  }

  private void patch(String url, List<ObjectNode> operations, int status) {
    ObjectNode patch = Json.object();
    patch.putArray("Operations").addAll(operations);
    patch.putArray("schemas").add(PatchOperation.PATCH_OP);
    wire.call("PATCH", url, patch, status);
  }

  @Override
  public String reference(Person manager) {
    return manager.id.toString();
  }

  @Override
  public ObjectNode kept(Person person) {
    return person.document();
  }

  @Override
  public ObjectNode kept(Team team) {
    return team.document().put("externalId", team.externalId);
  }

  private static UUID id(JsonNode made) {
    return UUID.fromString(made.path("id").asText());
  }

  private static String users(String attribute, String value) {
    return "/Users?filter=" + encoded("%s eq \"%s\"".formatted(attribute, value));
  }

  private static String groups(String name) {
    return "/Groups?excludedAttributes=members&filter="
        + encoded("displayName eq \"%s\"".formatted(name));
  }

  private static String encoded(String filter) {
    return URLEncoder.encode(filter, StandardCharsets.UTF_8);
  }
}
