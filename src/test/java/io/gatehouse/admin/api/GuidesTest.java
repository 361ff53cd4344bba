package io.gatehouse.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.Pages;
import io.gatehouse.tenant.IdpProfiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The guides that say what to fill in at an IdP, and the reference pages. */
class GuidesTest {

  private static final int MAX_LINES = 120;

  private final Gateway gateway = Gateway.shared();

  static Stream<Path> pages() {
    return Pages.in(Path.of("src/docs"));
  }

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

  @ParameterizedTest
  @MethodSource("pages")
  void servesEachPageAsItIsInTheSource(Path page) {
    String file = page.getFileName().toString();
    String list = file.equals("README.md") ? "" : "/" + file;

    for (String path : List.of(list, list.replace(".md", ""))) {
      Answer answer = gateway.admin("GET", "/docs" + path, null);
      assertThat(answer.status()).as(path).isEqualTo(200);
      assertThat(answer.header("Content-Type")).isEqualTo("text/markdown;charset=UTF-8");
      assertThat(answer.http().body()).isEqualTo(Pages.text(page));
    }
  }

  @Test
  void listsEveryPage() {
    String list = gateway.admin("GET", "/docs", null).http().body();

    assertThat(pages().map(it -> it.getFileName().toString()).filter(it -> !it.equals("README.md")))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(list).contains("](" + it + ")"));
  }

  @Test
  void isClosedWithoutTheAdminTokenAndHasNothingElse() {
    for (String open : List.of("/guides/okta", "/docs", "/docs/limits", "/docs/limits.md")) {
      assertThat(gateway.call("GET", "/admin/api/v1" + open, null, null).status())
          .as(open)
          .isEqualTo(401);
    }
    for (String other : List.of("standard", "..", "%2e%2e", "a.b", "a.md", "%2e%2e.md")) {
      assertThat(gateway.admin("GET", "/guides/" + other, null).status()).isIn(400, 404);
      assertThat(gateway.admin("GET", "/docs/" + other, null).status()).isIn(400, 404);
    }
  }
}
