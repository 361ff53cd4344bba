package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.edge.IdpProfiles;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guides that say what to fill in at an IdP. */
class GuidesTest {

  private static final int MAX_LINES = 120;

  private final Gateway gateway = Gateway.shared();

  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "onelogin"})
  void isServedAsMarkdownAndShort(String idp) {
    Answer answer = gateway.admin("GET", "/guides/" + idp, null);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("text/markdown;charset=UTF-8");
    assertThat(answer.http().body().lines()).hasSizeLessThan(MAX_LINES);
    assertThat(answer.http().body())
        .contains("\"idp\":\"" + idp + "\"", "scimUrl", "Rotate the token", "Known limits");
    assertThat(gateway.bean(IdpProfiles.class).names()).contains(idp);
  }

  @Test
  void isClosedWithoutTheAdminTokenAndHasNothingElse() {
    assertThat(gateway.call("GET", "/admin/api/v1/guides/okta", null, null).status())
        .isEqualTo(401);
    for (String other : List.of("standard", "..", "%2e%2e", "a.b")) {
      assertThat(gateway.admin("GET", "/guides/" + other, null).status()).isIn(400, 404);
    }
  }
}
