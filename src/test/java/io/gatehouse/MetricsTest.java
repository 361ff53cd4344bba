package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Pages;
import io.gatehouse.support.ScimClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * The metrics are those that the page, the alerts and the dashboard name, and no client makes more.
 */
class MetricsTest {

  private static final Gateway GATEWAY = Gateway.shared();
  private static final Path PAGE = Path.of("src/docs/operations.md");
  private static final Path MONITORING = Path.of("docker/monitoring");

  private static final Pattern ROW =
      Pattern.compile("^\\| `(gatehouse_\\w+)` \\| ([^|]*)\\|", Pattern.MULTILINE);
  private static final Pattern SAMPLE = Pattern.compile("^([a-z_0-9]+)(?:\\{(.*)\\})? (\\S+)$");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
  private static final Pattern NAMED =
      Pattern.compile("\\b((?:gatehouse|hikaricp|jvm|process)_[a-z0-9_]+)(?:\\{([^}]*)\\})?");

  /** A line of the metrics. */
  private record Sample(String name, Map<String, String> labels, double value) {

    String family() {
      return name.replaceFirst("_(bucket|count|sum|max)$", "");
    }
  }

  @Test
  void areThoseOfTheTable() {
    Map<String, Set<String>> listed = new TreeMap<>();
    for (Matcher row = ROW.matcher(Pages.text(PAGE)); row.find(); ) {
      listed.put(
          row.group(1),
          Pattern.compile("\\w+")
              .matcher(row.group(2))
              .results()
              .map(it -> it.group())
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    Map<String, Set<String>> there = new TreeMap<>();
    for (Sample each : samples()) {
      if (each.name().startsWith("gatehouse_")) {
        Set<String> labels = there.computeIfAbsent(each.family(), it -> new TreeSet<>());
        labels.addAll(each.labels().keySet());
        labels.remove("le");
      }
    }

    assertThat(there).isEqualTo(listed).hasSizeGreaterThan(30);
  }

  @Test
  void countRequestsByWhatTheyAskForAndWhatBecameOfThem() {
    ScimClient idp = GATEWAY.connection("okta");
    Map<String, Double> before = values();

    UUID id = idp.create(ScimClient.user("metrics@example.com")).id();
    idp.create(ScimClient.user("metrics@example.com"));
    idp.get(id);
    idp.find("userName eq \"metrics@example.com\"");
    idp.call("GET", "/Schemas", null);
    idp.patch(id, "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"x\"}");
    GATEWAY.call("DELETE", "/scim/v2/Users/" + id, "gatehouse_wrong", null);
    Map<String, Double> after = values();

    assertThat(grown(before, after, "gatehouse_edge_requests_total"))
        .contains(
            "{operation=create, outcome=ok}",
            "{operation=create, outcome=refused}",
            "{operation=get, outcome=ok}",
            "{operation=search, outcome=ok}",
            "{operation=discovery, outcome=ok}",
            "{operation=patch, outcome=ok}",
            "{operation=delete, outcome=unauthorized}");
    assertThat(grown(before, after, "gatehouse_edge_latency_seconds_count"))
        .contains("{operation=create}", "{operation=get}");
    assertThat(grown(before, after, "http_server_requests_seconds_count"))
        .as("measured once")
        .noneMatch(it -> it.contains("uri=UNKNOWN") && it.contains("method=PATCH"));
    assertThat(grown(before, after, "gatehouse_command_latency_seconds_count"))
        .contains("{outcome=applied}", "{outcome=refused}");
    assertThat(grown(before, after, "gatehouse_command_send_seconds_count"))
        .contains("{outcome=sent}");
    assertThat(grown(before, after, "gatehouse_command_apply_seconds_count"))
        .contains("{outcome=applied}");
    assertThat(grown(before, after, "gatehouse_command_batch_sum")).contains("{}");
    assertThat(grown(before, after, "gatehouse_security_refused_total")).contains("{realm=scim}");
    assertThat(after)
        .containsEntry("gatehouse_housekeeping_up{part=broker}", 1.0)
        .containsEntry("gatehouse_housekeeping_up{part=database}", 1.0)
        .containsEntry("gatehouse_command_waiting_limit{}", 200.0);
    assertThat(after.keySet())
        .as("each pool")
        .anyMatch(it -> it.startsWith("hikaricp_connections_max") && it.contains("pool=reads"));
  }

  @Test
  void haveNoSeriesOfAClientOrATenant() {
    hostile("first");
    Set<String> before = values().keySet();

    for (int i = 0; i < 6; i++) {
      hostile("evil" + i);
    }

    assertThat(values().keySet())
        .filteredOn(it -> it.startsWith("gatehouse_") || it.startsWith("http_server_"))
        .isSubsetOf(before);
  }

  private static void hostile(String word) {
    ScimClient idp = GATEWAY.connection("standard");
    idp.create(ScimClient.user(word + "@example.com"));
    idp.call("GET", "/" + word, null);
    idp.call("GET", "/Users/" + word, null);
    idp.find(word + " eq \"1\"");
    GATEWAY.subscription(idp.tenant(), word.toLowerCase());
    for (String path :
        List.of("/scim/" + word, "/webhooks/" + word + "/1", "/admin/" + word, "/" + word)) {
      GATEWAY.call("GET", path, "gatehouse_" + word, null);
      GATEWAY.send(
          HttpRequest.newBuilder(URI.create(GATEWAY.url(path)))
              .method(word.toUpperCase(), HttpRequest.BodyPublishers.noBody())
              .header("User-Agent", word)
              .build());
    }
  }

  @Test
  void haveAnAlertWithARunbookForWhatGoesWrong() throws IOException {
    List<Map<String, Object>> rules = rules();
    assertThat(rules).hasSizeGreaterThan(15);
    assertThat(rules).extracting(it -> it.get("alert")).doesNotHaveDuplicates();
    List<Sample> samples = samples();
    for (Map<String, Object> rule : rules) {
      assertNamesWhatIsThere((String) rule.get("expr"), samples);
      Map<?, ?> notes = (Map<?, ?>) rule.get("annotations");
      String[] runbook = notes.get("runbook").toString().split("#", 2);
      assertThat(Path.of(runbook[0])).isEqualTo(PAGE);
      assertThat(Pages.anchors(PAGE)).as("%s", rule.get("alert")).contains(runbook[1]);
      assertThat(section(runbook[1]))
          .as(runbook[1])
          .contains("**Means:**", "**Users notice:**", "**Do:**");
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> rules() throws IOException {
    Map<String, List<Map<String, Object>>> file =
        new Yaml().load(Files.readString(MONITORING.resolve("alerts.yaml")));
    return (List<Map<String, Object>>) file.get("groups").get(0).get("rules");
  }

  /** The text below a heading, up to the next one. */
  private static String section(String anchor) {
    List<String> sections = List.of(Pages.text(PAGE).split("\n(?=#+ )"));
    return sections.stream()
        .filter(
            it ->
                it.lines()
                    .findFirst()
                    .orElse("")
                    .toLowerCase()
                    .replaceFirst("^#+ ", "")
                    .replace(' ', '-')
                    .equals(anchor))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void areOnTheDashboard() throws IOException {
    JsonNode dashboard = Json.object(Files.readAllBytes(MONITORING.resolve("dashboard.json")));
    List<String> expressions = dashboard.findValuesAsText("expr");
    assertThat(dashboard.path("panels").size()).isGreaterThan(15);
    List<Sample> samples = samples();
    assertThat(expressions)
        .hasSizeGreaterThan(25)
        .allSatisfy(it -> assertNamesWhatIsThere(it, samples));
    Set<String> stages = new TreeSet<>();
    for (Matcher named = NAMED.matcher(String.join(" ", expressions)); named.find(); ) {
      stages.add(named.group(1).split("_")[1]);
    }
    assertThat(stages)
        .contains("edge", "command", "change", "delivery", "inbox", "lifecycle", "housekeeping");
  }

  /** Each name is a metric, and each label with a value is one that it has. */
  private static void assertNamesWhatIsThere(String expression, List<Sample> samples) {
    Matcher named = NAMED.matcher(expression);
    assertThat(named.find()).as(expression).isTrue();
    do {
      Map<String, String> labels = labels(named.group(2));
      String name = named.group(1);
      assertThat(samples)
          .as("%s in %s", named.group(), expression)
          .anyMatch(
              it ->
                  it.name().equals(name) && it.labels().entrySet().containsAll(labels.entrySet()));
    } while (named.find());
  }

  private static Set<String> grown(
      Map<String, Double> before, Map<String, Double> after, String name) {
    return after.entrySet().stream()
        .filter(it -> it.getKey().startsWith(name + "{"))
        .filter(it -> it.getValue() > before.getOrDefault(it.getKey(), 0.0))
        .map(it -> it.getKey().substring(name.length()))
        .collect(Collectors.toSet());
  }

  private static Map<String, Double> values() {
    Map<String, Double> values = new HashMap<>();
    samples().forEach(it -> values.put(it.name() + new TreeMap<>(it.labels()), it.value()));
    return values;
  }

  private static List<Sample> samples() {
    String body =
        GATEWAY.call("GET", "/actuator/prometheus", Gateway.ADMIN_TOKEN, null).http().body();
    List<Sample> samples = new ArrayList<>();
    for (String line : body.lines().filter(it -> !it.startsWith("#")).toList()) {
      Matcher sample = SAMPLE.matcher(line);
      assertThat(sample.matches()).as(line).isTrue();
      samples.add(
          new Sample(
              sample.group(1), labels(sample.group(2)), Double.parseDouble(sample.group(3))));
    }
    return samples;
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new HashMap<>();
    if (text != null) {
      for (Matcher label = LABEL.matcher(text); label.find(); ) {
        labels.put(label.group(1), label.group(2));
      }
    }
    return labels;
  }
}
