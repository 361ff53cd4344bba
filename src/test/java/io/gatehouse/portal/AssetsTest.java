package io.gatehouse.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.PortalClient.Page;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The files of the portal: a new release is never shown with the style of the old one. */
class AssetsTest {

  private static final Pattern ASSET = Pattern.compile("\"(/admin/assets/[^\"]+)\"");

  private final PortalClient browser = PortalClient.of(Gateway.shared());

  private static String cached(Page page) {
    return String.join(",", page.http().headers().allValues("Cache-Control"));
  }

  @Test
  void addressesHaveTheHashOfTheContentAndAreKeptForEver() {
    List<String> assets =
        ASSET
            .matcher(browser.get("/admin/sign-in").html())
            .results()
            .map(it -> it.group(1))
            .toList();
    assertThat(assets).hasSize(4);
    for (String asset : assets) {
      assertThat(asset).matches("/admin/assets/[a-z.]+-[0-9a-f]{32}\\.(css|js|svg)");
      Page file = browser.get(asset);
      assertThat(file.status()).as(asset).isEqualTo(200);
      assertThat(cached(file)).isEqualTo("max-age=31536000, public, immutable");
    }
  }

  @Test
  void otherAddressesOfTheSameFileAreAskedForAgain() {
    for (String asset :
        new String[] {
          "/admin/assets/portal.css",
          "/admin/assets/portal-00000000000000000000000000000000.css" // of another release
        }) {
      Page file = browser.get(asset);
      assertThat(file.status()).as(asset).isEqualTo(200);
      assertThat(cached(file)).as(asset).isEqualTo("no-cache");
      assertThat(file.http().headers().firstValue("Content-Type")).contains("text/css");
    }
    Page none = browser.get("/admin/assets/nothing-00000000000000000000000000000000.css");
    assertThat(none.status()).isEqualTo(404);
    assertThat(cached(none)).doesNotContain("immutable");
  }
}
