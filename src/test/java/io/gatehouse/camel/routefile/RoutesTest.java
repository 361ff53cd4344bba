package io.gatehouse.camel.routefile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.support.Gateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.junit.jupiter.api.Test;
import org.springframework.util.StringUtils;

/** What every route file keeps to: it says when and where, never what it means. */
class RoutesTest {

  private static final int MAX_STEPS = 8;
  private static final Pattern TO = Pattern.compile("\\bto: \\{ uri: \"?([^\",} ]+)");
  private static final Path TESTS = Path.of("src/test/java/io/gatehouse/camel");

  private final ModelCamelContext camel =
      (ModelCamelContext) Gateway.shared().bean(CamelContext.class);

  @Test
  void loadsEveryRouteOfTheFolder() throws IOException {
    List<String> written = new ArrayList<>();
    for (Path file : files()) {
      Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(it -> it.startsWith("id: "))
          .map(it -> it.substring(4))
          .forEach(written::add);
    }
    List<String> loaded =
        new ArrayList<>(
            camel.getRouteDefinitions().stream().map(RouteDefinition::getRouteId).toList());
    camel.getRouteConfigurationDefinitions().forEach(it -> loaded.add(it.getId()));

    assertThat(loaded).containsExactlyInAnyOrderElementsOf(written);
  }

  @Test
  void givesEveryRouteAnIdOfItsStageAndADescription() {
    for (RouteDefinition route : camel.getRouteDefinitions()) {
      assertThat(route.getRouteId())
          .matches(
              "(edge|idp|webhook|inbox|command|change|delivery|lifecycle|housekeeping)-[a-z-]+");
      assertThat(route.getDescriptionText()).as(route.getRouteId()).endsWith(".");
    }
  }

  /** Each step costs time in each call, and each quirk of a step is explained all the same. */
  @Test
  void putsTheQuirksOfAnIdpIntoOneStep() {
    RouteDefinition entra = camel.getRouteDefinition("idp-entra-scim");

    assertThat(steps(entra)).isEqualTo(1);
    assertThat(((ToDefinition) entra.getOutputs().get(0)).getUri())
        .startsWith("quirks:schemas-from-address,")
        .endsWith(",reused-external-ids");
  }

  @Test
  void keepsRoutesShort() {
    for (RouteDefinition route : camel.getRouteDefinitions()) {
      assertThat(steps(route)).as(route.getRouteId()).isLessThanOrEqualTo(MAX_STEPS);
    }
  }

  @Test
  void decidesWhatHappensToFailuresInEveryRouteThatIsAnEntrance() {
    for (RouteDefinition route : camel.getRouteDefinitions()) {
      if (!route.getRouteId().startsWith("idp-")) {
        assertThat(route.getRouteConfigurationId())
            .as(route.getRouteId())
            .isIn("answering", "acknowledging", "strict");
      }
      if (route.getEndpointUrl().startsWith("servlet:")) {
        assertThat(route.getRouteConfigurationId()).isIn("answering", "acknowledging");
      }
    }
  }

  @Test
  void hasNoScriptsNoSqlAndNoBlockingLookups() throws IOException {
    for (Path file : files()) {
      String text = Files.readString(file);
      assertThat(text)
          .doesNotContain("script:", "groovy", "sql:", "jdbc:", "exec:", "password", "deadLetter");
      for (String line : text.lines().filter(it -> it.contains("toD")).toList()) {
        assertThat(line).contains("block=false");
      }
    }
  }

  /** A name that is misspelt would be noticed with the first message only. */
  @Test
  void sendsOnlyToWhereOneRouteBegins() throws IOException {
    List<String> beginnings =
        camel.getRouteDefinitions().stream().map(it -> address(it.getEndpointUrl())).toList();
    for (Path file : stages()) {
      List<String> ends =
          TO.matcher(Files.readString(file)).results().map(it -> address(it.group(1))).toList();
      for (String end : ends) {
        assertThat(beginnings).as("%s in %s", end, file).containsOnlyOnce(end);
      }
    }
  }

  /** The test of a stage sees each of its routes succeed and fail; see AdvisedRoutes. */
  @Test
  void hasATestForTheRoutesOfEachStage() throws IOException {
    for (Path file : stages()) {
      String stage = file.getFileName().toString().replaceAll("^\\d+-|\\.camel\\.yaml$", "");
      assertThat(TESTS.resolve(StringUtils.capitalize(stage) + "RoutesTest.java"))
          .content()
          .contains("extends AdvisedRoutes");
    }
  }

  @Test
  void answersAtOnceWhenAProfileIsNotLoaded() throws Exception {
    var idp = Gateway.shared().connection("onelogin");
    camel.getRouteController().stopRoute("idp-onelogin-scim");
    try {
      var answer = idp.call("GET", "/Users", null);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.json().path("detail").asText()).contains("profile");
    } finally {
      camel.getRouteController().startRoute("idp-onelogin-scim");
    }
  }

  @Test
  void letsNoHeaderOfARequestThroughToTheAnswer() {
    var idp = Gateway.shared().connection("standard");
    JsonNode user = io.gatehouse.support.ScimClient.user("ada@example.com");
    var id = idp.call("POST", "/Users", user).id();

    var answer = idp.with("X-Leak", "leaked", "PUT", id, user);

    assertThat(answer.http().headers().map().keySet())
        .noneMatch(
            it -> it.startsWith("jms") || it.startsWith("x-leak") || it.startsWith("user-agent"));
    assertThat(answer.http().headers().firstValue("Authorization")).isEmpty();
  }

  private static String address(String uri) {
    return uri.replace("://", ":").replaceAll("\\?.*", "");
  }

  private static int steps(ProcessorDefinition<?> node) {
    int steps = 0;
    for (ProcessorDefinition<?> output : node.getOutputs()) {
      steps += 1 + steps(output);
    }
    return steps;
  }

  /** Those of the flow, without those of IdPs. */
  private static List<Path> stages() throws IOException {
    List<Path> stages =
        files().stream().filter(it -> it.getParent().equals(Path.of("routes"))).toList();
    assertThat(stages).isNotEmpty();
    return stages;
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("routes"))) {
      return files.filter(it -> it.toString().endsWith(".camel.yaml")).toList();
    }
  }
}
