package io.gatehouse.postgres;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.directory.LifecycleState;
import io.gatehouse.directory.Person;
import io.gatehouse.directory.Provenance;
import io.gatehouse.scim.Folded;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.NameKey;
import io.gatehouse.scim.ResourceReader;
import io.gatehouse.scim.Samples;
import io.gatehouse.scim.Shapes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The users and groups of a tenant that is made for one test; the users with an even number are in
 * the first group, every third is in the second.
 *
 * @param shown the users as a client would see them
 */
record Population(JdbcClient jdbc, Caller caller, List<ObjectNode> shown) {

  private static final List<String> GROUPS = List.of("École 100%", "a_b");

  static Population of(JdbcClient jdbc, List<ObjectNode> bodies) {
    UUID tenant = UUID.randomUUID();
    UUID connection = UUID.randomUUID();
    jdbc.sql("insert into tenant (id, slug, name) values (?, ?, 'x')")
        .params(tenant, "t" + tenant)
        .update();
    jdbc.sql("insert into connection (id, tenant_id, name, idp) values (?, ?, 'x', 'standard')")
        .params(connection, tenant)
        .update();
    Population population =
        new Population(jdbc, new Caller(tenant, "x", connection, "standard"), new ArrayList<>());
    population.save(bodies);
    return population;
  }

  private void save(List<ObjectNode> bodies) {
    List<Person> people = new ArrayList<>();
    for (int i = 0; i < bodies.size(); i++) {
      ObjectNode body = bodies.get(i).deepCopy().put("userName", "u" + i);
      ObjectNode document = new ResourceReader(Shapes.USER).read(body);
      people.add(
          new Person(
              caller.tenant(),
              Samples.id(i),
              caller.connection(),
              i,
              Instant.parse("2020-02-29T00:00:00Z").plusMillis(i),
              Instant.parse("9999-01-01T00:00:00Z").minusMillis(i),
              LifecycleState.NEW,
              Provenance.UNKNOWN,
              document));
      shown.add(shown(people.get(i)));
    }
    new PostgresPeople(jdbc).save(people);
    for (int i = 0; i < GROUPS.size(); i++) {
      saveGroup(i);
    }
  }

  private static ObjectNode shown(Person person) {
    ObjectNode shown = person.document().deepCopy();
    shown.put("id", person.id().toString());
    shown
        .putObject("meta")
        .put("resourceType", "User")
        .put("created", person.created().toString())
        .put("lastModified", person.modified().toString())
        .put("version", "W/\"" + person.version() + "\"");
    return shown;
  }

  private void saveGroup(int number) {
    String name = GROUPS.get(number);
    String document = Json.text(Json.object().put("displayName", name));
    jdbc.sql(
            """
            insert into person_group (tenant_id, id, connection_id, display_name, display_name_key, doc, search,
                                      version, created_at, modified_at)
            values (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, 1, now(), now())
            """)
        .params(caller.tenant(), Samples.id(number), caller.connection(), name, NameKey.of(name))
        .params(document, Json.text(Folded.of(Json.stored(document))))
        .update();
    for (int i = 0; i < shown.size(); i += number + 2) {
      join(number, i);
    }
  }

  private void join(int group, int user) {
    jdbc.sql("insert into membership (tenant_id, group_id, member_id, user_id) values (?, ?, ?, ?)")
        .params(caller.tenant(), Samples.id(group), Samples.id(user), Samples.id(user))
        .update();
    shown
        .get(user)
        .withArray("groups")
        .addObject()
        .put("value", Samples.id(group).toString())
        .put("display", GROUPS.get(group));
  }
}
