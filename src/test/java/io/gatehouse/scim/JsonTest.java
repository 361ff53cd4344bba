package io.gatehouse.scim;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a client is told about a body that is no JSON. */
class JsonTest {

  @Test
  void saysWhatIsWrongAndWhereWithoutTheSettingsOfTheParser() {
    assertThatThrownBy(() -> Json.object("{\n  \"a\": [".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("The body is not well-formed JSON: Unexpected end-of-input")
        .hasMessageContaining("(line 2, column 9)")
        .hasMessageNotContainingAny("Source", "REDACTED", "StreamReadFeature");
  }
}
