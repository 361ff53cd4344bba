package io.gatehouse.support;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A fixture that expects something else than what happens must fail. */
class FixtureTest {

  private static final String FIXTURE =
      """
      {"name": "x", "idp": "entra",
       "given": {"users": [{"key": "ava", "userName": "ava@example.com", "roles": [{"value": "a"}]}],
                 "groups": [{"key": "eng", "displayName": "Engineering", "members": ["{{user.ava}}"]}]},
       "request": {"method": "PATCH", "path": "/Users/{{user.ava}}",
         "headers": {"Authorization": "Bearer {{token}}", "Content-Type": "application/scim+json"},
         "body": {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                  "Operations": [{"op": "replace", "path": "title", "value": "x"}]}},
       "expect": {"status": 200, %s}}
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"status\": 204",
        "\"stateUnchanged\": true",
        "\"bodyContains\": {\"title\": \"y\"}",
        "\"bodyAbsent\": [\"/title\"]",
        "\"headersContain\": {\"Retry-After\": \"\"}",
        "\"stateAfter\": {\"group.eng\": {\"members\": []}}",
        "\"stateAfter\": {\"user.ava\": {\"rolesCount\": 2}}",
        "\"stateAfter\": {\"user.byUserName:nobody\": {}}",
        "\"stateAfter\": {\"group.byDisplayName:Engineering\": {\"displayName\": \"E\"}}",
        "\"somethingNew\": 1"
      })
  void failsWhenSomethingElseHappens(String expected) throws IOException {
    String text =
        expected.contains("status")
            ? FIXTURE.formatted("\"notes\": \"\"").replace("\"status\": 200", expected)
            : FIXTURE.formatted(expected);
    Path file = Files.writeString(folder.resolve("x.json"), text);
    Fixture unit = Fixture.of(file, Gateway.shared());

    assertThatThrownBy(() -> unit.steps().get(0).run()).isInstanceOf(AssertionError.class);
  }

  @Test
  void passesWhenItHappens() throws Exception {
    String expected =
        """
        "bodyContains": {"title": "x"}, "bodyAbsent": ["/nickName"],
        "stateAfter": {"user.ava": {"title": "x", "rolesCount": 1},
                       "group.byDisplayName:Engineering": {"members": ["{{user.ava}}"]}}
        """;
    Path file = Files.writeString(folder.resolve("x.json"), FIXTURE.formatted(expected));

    Fixture.of(file, Gateway.shared()).steps().get(0).run();
  }
}
