package io.gatehouse.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.Pages;
import io.gatehouse.support.Pages.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pages do what they say: every shell block runs, every link leads somewhere. A block that
 * starts a gateway, a container or a build is marked {@code sh not-run}.
 */
class DocumentationTest {

  private static final String NOT_RUN = "not-run";

  /** A block that is not run has one of these commands; any other block can be run, and is. */
  private static final Pattern STARTS =
      Pattern.compile("(?m)^(?:[A-Z_]+=\\S+ )*(?:\\./mvnw|java|docker) ");

  /** Words that leave open which noun is meant. */
  private static final Pattern VAGUE =
      Pattern.compile(
          "\\b(?:whoever|somebody|someone|what is about|is about somebody)\\b",
          Pattern.CASE_INSENSITIVE);

  /** Fails where the real one only prints an answer that is an error. */
  private static final String CURL =
      """
      set -euo pipefail
      curl() { command curl --fail-with-body --max-time 40 "$@"; }
      """;

  @TempDir Path folder;

  static Stream<Path> pages() {
    return Pages.all().stream();
  }

  @Test
  void runsEveryShellBlockInOneShell() throws Exception {
    Gateway gateway = Gateway.shared();
    Files.writeString(
        Files.createDirectory(folder.resolve("data")).resolve("admin-token"), token());
    List<Block> blocks = shellBlocks().filter(it -> !it.mark().equals(NOT_RUN)).toList();

    String printed = run(script(gateway, blocks));

    assertThat(printed).contains("\"userName\":\"ada@example.com\"", "gatehouse.user.", "abc");
    assertThat(blocks.stream().map(Block::page).map(Path::toString))
        .contains("README.md", "src/docs/lifecycle.md", "src/docs/subscribers.md");
  }

  @Test
  void marksOnlyBlocksThatStartSomething() {
    assertThat(shellBlocks())
        .allSatisfy(it -> assertThat(it.mark()).as(it.text()).isIn("", NOT_RUN))
        .filteredOn(it -> it.mark().equals(NOT_RUN))
        .allSatisfy(it -> assertThat(it.text()).containsPattern(STARTS));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void leadsSomewhereByEveryLink(Path page) {
    for (String link : Pages.links(page)) {
      if (link.startsWith("https://")) {
        continue;
      }
      String[] parts = link.split("#", 2);
      Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
      assertThat(target).as("%s in %s", link, page).exists();
      if (parts.length > 1) {
        assertThat(Pages.anchors(target)).as("%s in %s", link, page).contains(parts[1]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void namesTheUserTheSubscriberTheEvent(Path page) {
    assertThat(Pages.prose(page).lines())
        .allSatisfy(line -> assertThat(line).doesNotContainPattern(VAGUE));
  }

  @Test
  void showsOnePictureOfTheFlow() {
    assertThat(picture("routes/README.md")).isEqualTo(picture("README.md"));
  }

  private static String picture(String page) {
    Block first = Pages.blocks(Path.of(page)).get(0);
    assertThat(first.text()).contains("edge", "directory", "delivery");
    return first.text();
  }

  private static Stream<Block> shellBlocks() {
    return pages().flatMap(it -> Pages.blocks(it).stream()).filter(Block::isShell);
  }

  private static String token() {
    return Gateway.ADMIN_TOKEN;
  }

  /** Each block says where it is from, so that a failure can be found. */
  private String script(Gateway gateway, List<Block> blocks) {
    return CURL
        + blocks.stream()
            .map(it -> "echo; echo '== " + it.page() + "'\n" + given(it.page()) + it.text())
            .collect(Collectors.joining())
            .replace("http://localhost:8080", gateway.url(""))
            .replace("/tmp/", folder + "/");
  }

  /** The guides name two variables that their reader has from the administration of the gateway. */
  private static String given(Path page) {
    return page.startsWith("src/main/resources/guides")
        ? "SCIM_URL=$SCIM; TOKEN=${TOKEN#Authorization: Bearer }\n"
        : "";
  }

  private String run(String script) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process shell =
        new ProcessBuilder("bash", Files.writeString(folder.resolve("script"), script).toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = shell.waitFor(2, TimeUnit.MINUTES);
    shell.destroyForcibly();
    String printed = Files.readString(output);
    assertThat(ended && shell.waitFor() == 0).as(printed).isTrue();
    return printed;
  }
}
