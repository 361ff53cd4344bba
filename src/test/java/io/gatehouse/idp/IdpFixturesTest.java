package io.gatehouse.idp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test kit for route files tells a right answer from a wrong one. */
class IdpFixturesTest {

  private static final String ROUTE =
      """
      - route:
          id: idp-mine-scim
          description: For a test.
          from:
            uri: direct:idp-mine-scim
            steps:
              - to: { uri: "quirks:booleans-from-strings" }
      """;

  private static final String FIXTURE =
      """
      {
        "name": "create",
        "steps": [
          {
            "label": "create ada",
            "request": {
              "method": "POST",
              "path": "/Users",
              "headers": {
                "Authorization": "Bearer {{token}}",
                "Content-Type": "application/scim+json"
              },
              "body": {
                "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
                "userName": "ada@example.com",
                "active": "True"
              }
            },
            "expect": {
              "status": 201,
              "bodyContains": { "active": true },
              "capture": { "ada": "/id" }
            }
          },
          {
            "label": "read her",
            "request": {
              "method": "GET",
              "path": "/Users/{{ada}}",
              "headers": { "Authorization": "Bearer {{token}}" },
              "body": null
            },
            "expect": { "status": 200, "bodyContains": { "userName": "ada@example.com" } }
          }
        ]
      }
      """;

  @Test
  void saysOfEachFixtureWhetherItIsRight(@TempDir Path folder, @TempDir Path routes)
      throws IOException {
    Files.writeString(routes.resolve("mine.camel.yaml"), ROUTE);
    write(folder, "1-right", FIXTURE);
    write(folder, "2-status", FIXTURE.replace("\"status\": 200", "\"status\": 204"));
    write(folder, "3-body", FIXTURE.replace("\"active\": true", "\"active\": false"));
    write(folder, "4-variable", FIXTURE.replace("{{ada}}", "{{grace}}"));
    write(folder, "5-no-json", "{");

    List<IdpFixtures.Result> results = IdpFixtures.run(folder, "mine", Optional.of(routes));

    assertThat(results)
        .map(it -> it.failure().isEmpty())
        .startsWith(true)
        .filteredOn(it -> it)
        .hasSize(1);
    assertThat(results.get(0).line()).isEqualTo("ok    1-right.json");
    assertThat(results.get(1).line()).startsWith("FAIL  2-status.json").contains("read her", "204");
    assertThat(results.get(2).line())
        .startsWith("FAIL  3-body.json")
        .contains("create ada", "active");
    assertThat(results).allSatisfy(it -> assertThat(it.line().lines()).hasSize(1));
  }

  @Test
  void failsWhenTheIdpIsNotLoaded(@TempDir Path folder, @TempDir Path routes) throws IOException {
    Files.writeString(routes.resolve("mine.camel.yaml"), ROUTE.replace("booleans-", "bools-"));

    assertThatThrownBy(() -> IdpFixtures.run(folder, "mine", Optional.of(routes)))
        .hasMessageContaining("line 7: There is no quirk 'bools-from-strings'");
  }

  private static void write(Path folder, String name, String fixture) throws IOException {
    Files.writeString(folder.resolve(name + ".json"), fixture);
  }
}
