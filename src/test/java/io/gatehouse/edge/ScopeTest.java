package io.gatehouse.edge;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SCIM of a connection has to do with nobody but those whom it has provisioned. */
class ScopeTest {

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");
  private UUID own;

  /** Those of the same tenant who are out of scope. */
  enum Outsider {
    UNMANAGED {
      @Override
      UUID of(ScimClient idp) {
        return idp.gateway()
            .admin("POST", "/users", user("outsider").put("tenant", idp.tenant()))
            .id();
      }
    },
    OF_ANOTHER_CONNECTION {
      @Override
      UUID of(ScimClient idp) {
        return idp.gateway().connection(idp.tenant(), "okta").create(user("outsider")).id();
      }
    },
    RELEASED {
      @Override
      UUID of(ScimClient idp) {
        UUID id = idp.create(user("outsider")).id();
        idp.gateway().admin("POST", "/users/" + id + "/release", null);
        return id;
      }
    };

    abstract UUID of(ScimClient idp);
  }

  @BeforeEach
  void oneUserInScope() {
    own = idp.create(user("own")).id();
  }

  @ParameterizedTest
  @EnumSource
  void seesNobodyOutside(Outsider outsider) {
    assertThat(idp.get(outsider.of(idp)).status()).isEqualTo(404);
    assertThat(idp.get(own).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void listsAndCountsNobodyOutside(Outsider outsider) {
    outsider.of(idp);

    JsonNode all = idp.call("GET", "/Users", null).json();
    JsonNode none = idp.call("GET", "/Users?count=0", null).json();

    assertThat(all.path("totalResults").asInt()).isEqualTo(1);
    assertThat(all.at("/Resources/0/id").asText()).isEqualTo(own.toString());
    assertThat(none.path("totalResults").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void findsNobodyOutside(Outsider outsider) {
    UUID id = outsider.of(idp);

    for (String filter :
        List.of(
            "userName eq \"outsider\"",
            "emails.value eq \"outsider\"",
            "id eq \"" + id + "\"",
            "not (userName eq \"own\")")) {
      assertThat(idp.find(filter).json().path("totalResults").asInt()).as(filter).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void changesNobodyOutside(Outsider outsider) {
    UUID id = outsider.of(idp);
    JsonNode before = seen(id);

    assertThat(idp.patch(id, "{\"op\":\"add\",\"path\":\"title\",\"value\":\"x\"}").status())
        .isEqualTo(404);
    assertThat(idp.replace(id, user("outsider").put("active", false)).status()).isEqualTo(404);
    assertThat(idp.delete(id).status()).isEqualTo(404);
    assertThat(seen(id)).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void addsNobodyOutsideToAGroup(Outsider outsider) {
    UUID id = outsider.of(idp);
    UUID group = idp.createGroup("Engines", own).id();

    assertThat(idp.createGroup("Others", id).status()).isEqualTo(400);
    assertThat(
            idp.patchGroup(
                    group,
                    "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + id + "\"}]}")
                .status())
        .isEqualTo(400);
    assertThat(idp.group(group).json().path("members")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void losesAndRegainsAMemberWithTheControl(boolean again) {
    UUID group = idp.createGroup("Engines", own).id();
    gateway.admin("POST", "/users/" + own + "/release", null);
    if (again) {
      assertThat(idp.create(user("own")).id()).isEqualTo(own);
    }

    assertThat(idp.group(group).json().path("members")).hasSize(again ? 1 : 0);
    assertThat(idp.find("userName eq \"own\"").json().path("totalResults").asInt())
        .isEqualTo(again ? 1 : 0);
  }

  private JsonNode seen(UUID id) {
    JsonNode seen = gateway.admin("GET", "/users/" + id, null).json();
    return seen.isMissingNode() ? Json.object() : seen;
  }
}
