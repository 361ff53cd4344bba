package io.gatehouse.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.change.Change;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Leeway;
import io.gatehouse.command.Outcome;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.Schema;
import io.gatehouse.scim.Schemas;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The rules about people, without a database. */
class FoldTest {

  private static final Instant NOW = Instant.parse("2026-11-03T09:15:00Z");
  private static final UUID ACME = new UUID(0, 1);
  private static final Caller ENTRA = new Caller(ACME, "acme", new UUID(0, 2), "entra");
  private static final Caller OKTA = new Caller(ACME, "acme", new UUID(0, 3), "okta");

  private final BatchPeople people = new BatchPeople(List.of());
  private final BatchState state =
      new BatchState(
          people,
          BatchGroups.empty(),
          new BatchRules(
              Map.of(ACME, new TenantRules(Duration.ofDays(30), Schemas.STANDARD)),
              Map.of(),
              Set.of()),
          new Conflicts(Map.of()));

  @Test
  void createsAtVersionOne() {
    FoldResult created = create(ENTRA, "ada", null);

    assertThat(created.outcome().status()).isEqualTo(201);
    assertThat(person(created).version()).isEqualTo(1);
    assertThat(created.change().orElseThrow().type()).isEqualTo(Change.Type.CREATED);
  }

  @Test
  void seesInABatchWhatEarlierCommandsOfItDid() {
    UUID ada = person(create(ENTRA, "ada", null)).id();

    FoldResult first = patch(ENTRA, ada, "title", "\"Countess\"");
    FoldResult second = patch(ENTRA, ada, "title", "\"Programmer\"");

    assertThat(person(first).version()).isEqualTo(2);
    assertThat(person(second).version()).isEqualTo(3);
    assertThat(create(ENTRA, "ADA", null).outcome().status()).isEqualTo(409);
    assertThat(people.changed()).extracting(Person::version).containsExactly(3L);
  }

  @Test
  void keepsTheRetentionOfTheTenant() {
    UUID ada = person(create(ENTRA, "ada", null)).id();

    patch(ENTRA, ada, "active", "false");

    assertThat(people.changed().iterator().next().lifecycle().purgeAfter())
        .isEqualTo(NOW.plus(Duration.ofDays(30)));
  }

  @Test
  void deletesADeactivatedPersonWithoutAChange() {
    UUID ada = person(create(ENTRA, "ada", null)).id();
    patch(ENTRA, ada, "active", "false");

    FoldResult deleted = delete(ENTRA, ada);

    Person gone = people.changed().iterator().next();
    assertThat(deleted.change()).isEmpty();
    assertThat(gone.version()).isEqualTo(2);
    assertThat(gone.lifecycle().purgeAfter()).isEqualTo(NOW.plus(Duration.ofDays(30)));
    assertThat(gone.lifecycle().hidden()).isTrue();
  }

  @Test
  void restoresForTheConnectionThatDeletedAndNoOther() {
    UUID ada = person(create(ENTRA, "ada", "E-1")).id();
    delete(ENTRA, ada);

    FoldResult stranger = create(OKTA, "ada", "E-1");
    delete(OKTA, person(stranger).id());
    FoldResult owner = create(ENTRA, "ada", "E-1");

    assertThat(person(stranger).id()).isNotEqualTo(ada);
    assertThat(person(owner).id()).isEqualTo(ada);
    assertThat(person(owner).version()).isEqualTo(3);
    assertThat(owner.change().orElseThrow().type()).isEqualTo(Change.Type.REACTIVATED);
  }

  @Test
  void bringsBackUnderANewNameWhomTheSameBatchHasDeactivated() {
    UUID ada = person(create(OKTA, "ada", "E-1")).id();
    patch(OKTA, ada, "active", "false");

    FoldResult stranger = create(ENTRA, "grace", "E-1");
    FoldResult back = create(OKTA, "countess", "E-1");

    assertThat(person(stranger).id()).isNotEqualTo(ada);
    assertThat(person(back).id()).isEqualTo(ada);
    assertThat(back.change().orElseThrow().type()).isEqualTo(Change.Type.REACTIVATED);
    assertThat(create(OKTA, "augusta", "E-1").outcome().status()).isEqualTo(409);
    assertThat(person(create(OKTA, "ada", "E-2")).id()).isNotEqualTo(ada);
  }

  @Test
  void hidesPeopleFromOtherConnections() {
    UUID ada = person(create(ENTRA, "ada", null)).id();

    assertThat(patch(OKTA, ada, "title", "\"x\"").outcome().status()).isEqualTo(404);
    assertThat(delete(OKTA, ada).outcome().status()).isEqualTo(404);
  }

  @Test
  void changesNothingWhenNothingIsDifferent() {
    UUID ada = person(create(ENTRA, "ada", null)).id();

    FoldResult same = patch(ENTRA, ada, "active", "true");

    assertThat(same.outcome().status()).isEqualTo(200);
    assertThat(same.change()).isEmpty();
    assertThat(person(same).version()).isEqualTo(1);
  }

  @Test
  void refusesAnOldVersion() {
    UUID ada = person(create(ENTRA, "ada", null)).id();

    FoldResult stale = apply(ENTRA, new Command.Delete(ResourceType.USER, ada, "W/\"2\""));
    FoldResult current =
        apply(ENTRA, new Command.Delete(ResourceType.USER, ada, "W/\"9\", W/\"1\""));

    assertThat(stale.outcome().status()).isEqualTo(412);
    assertThat(current.outcome().status()).isEqualTo(204);
  }

  private FoldResult create(Caller caller, String userName, String externalId) {
    ObjectNode user = Json.object().put("userName", userName).put("active", true);
    user.putArray("schemas").add(Schema.USER);
    if (externalId != null) {
      user.put("externalId", externalId);
    }
    return apply(caller, new Command.Create(ResourceType.USER, UUID.randomUUID(), user));
  }

  private FoldResult patch(Caller caller, UUID id, String path, String value) {
    ObjectNode message =
        Json.stored(
            "{\"Operations\":[{\"op\":\"replace\",\"path\":\"%s\",\"value\":%s}]}"
                .formatted(path, value));
    message.putArray("schemas").add(PatchOperation.PATCH_OP);
    return apply(
        caller,
        new Command.Modify(
            ResourceType.USER, id, PatchOperation.readAll(message), Leeway.NONE, null));
  }

  private FoldResult delete(Caller caller, UUID id) {
    return apply(caller, new Command.Delete(ResourceType.USER, id, null));
  }

  private FoldResult apply(Caller caller, Command command) {
    Envelope envelope =
        new Envelope(
            CommandId.next(NOW), caller, command, new Envelope.Trace("i", NOW, "f", List.of()));
    return Fold.apply(state, envelope, NOW);
  }

  private static Outcome.Snapshot person(FoldResult result) {
    return result.outcome() instanceof Outcome.Created created
        ? created.resource()
        : ((Outcome.Updated) result.outcome()).resource();
  }
}
