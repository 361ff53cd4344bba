package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.gatehouse.support.Pages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The Helm chart, rendered, the image and the composition: without root, read-only, no secrets. */
class ContainerFilesTest {

  private static final Path DOCKER = Path.of("docker");
  private static final Path CHART = DOCKER.resolve("helm");
  private static final Pattern SECRET = Pattern.compile("PASSWORD|TOKEN|SECRET|_KEY$");
  private static final String IMAGE_USER = "10001";

  @Test
  void passesTheStrictLint() {
    LintResult lint = new Helm(CHART).lint().strict().call();

    assertThat(lint.isFailed()).as("%s", lint.getMessages()).isFalse();
    assertThat(lint.getMessages()).noneMatch(it -> it.contains("[ERROR]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"values.yaml", "values-production.yaml"})
  void runsTwoGatewaysAndMoreWithProbesAndWithoutRoot(String values) {
    Map<String, Object> objects = rendered(values);

    assertThat(objects)
        .containsKeys(
            "Deployment gatehouse",
            "Service gatehouse",
            "Service gatehouse-management",
            "ServiceAccount gatehouse",
            "ConfigMap gatehouse",
            "PodDisruptionBudget gatehouse",
            "NetworkPolicy gatehouse");
    Object deployment = objects.get("Deployment gatehouse");
    assertThat((Integer) at(deployment, "spec.replicas")).isGreaterThanOrEqualTo(2);
    Object pod = at(deployment, "spec.template.spec");
    Object container = at(pod, "containers.0");
    assertThat(at(pod, "enableServiceLinks")).as("GATEHOUSE_PORT is a setting").isEqualTo(false);
    assertThat(at(pod, "securityContext.runAsNonRoot")).isEqualTo(true);
    assertThat(at(pod, "securityContext.runAsUser")).hasToString(IMAGE_USER);
    assertThat(at(container, "securityContext.readOnlyRootFilesystem")).isEqualTo(true);
    assertThat(at(container, "securityContext.allowPrivilegeEscalation")).isEqualTo(false);
    assertThat(at(container, "securityContext.capabilities.drop")).isEqualTo(List.of("ALL"));
    assertThat(at(container, "readinessProbe.httpGet"))
        .isEqualTo(Map.of("path", "/actuator/health/serving", "port", "management"));
    assertThat(at(container, "startupProbe.httpGet"))
        .isEqualTo(Map.of("path", "/actuator/health/readiness", "port", "management"));
    for (String probe : List.of("livenessProbe")) {
      assertThat(at(container, probe + ".httpGet"))
          .isEqualTo(Map.of("path", "/actuator/health/liveness", "port", "management"));
    }
    assertThat(at(container, "resources.limits.memory")).isNotNull();
    assertThat((List<?>) at(pod, "topologySpreadConstraints")).hasSize(2);
    int pause = Integer.parseInt(at(container, "lifecycle.preStop.exec.command.1").toString());
    assertThat((Integer) at(pod, "terminationGracePeriodSeconds"))
        .as("the pause, and a stop that takes 30 seconds at most")
        .isGreaterThan(pause + 30);
    assertThat(at(objects.get("PodDisruptionBudget gatehouse"), "spec.selector"))
        .isEqualTo(at(deployment, "spec.selector"));
    assertThat(at(objects.get("Service gatehouse"), "spec.selector"))
        .isEqualTo(at(deployment, "spec.selector.matchLabels"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"values.yaml", "values-production.yaml"})
  void hasNoSecretInClear(String values) {
    Map<String, Object> objects = rendered(values);

    assertThat(objects.keySet()).noneMatch(it -> it.startsWith("Secret "));
    assertThat((Map<?, ?>) at(objects.get("ConfigMap gatehouse"), "data"))
        .allSatisfy((name, value) -> assertThat((String) name).doesNotContainPattern(SECRET));
    List<?> env =
        (List<?>) at(objects.get("Deployment gatehouse"), "spec.template.spec.containers.0.env");
    assertThat(env)
        .extracting(it -> at(it, "name"))
        .contains("GATEHOUSE_SECRET_KEY", "GATEHOUSE_DB_PASSWORD");
    assertThat(env)
        .allSatisfy(
            it -> {
              assertThat(((Map<?, ?>) it).containsKey("value")).isFalse();
              assertThat(at(it, "valueFrom.secretKeyRef.key")).isNotNull();
            });
  }

  @Test
  void opensTheIngressAndTheManagementPortOnlyWhereTheValuesSay() {
    assertThat(rendered("values.yaml")).doesNotContainKey("Ingress gatehouse");
    assertThat(rules("values.yaml")).hasSize(1);

    Map<String, Object> production = rendered("values-production.yaml");
    assertThat(at(production.get("Ingress gatehouse"), "spec.tls.0.hosts.0"))
        .isEqualTo("id.example.com");
    assertThat(rules("values-production.yaml"))
        .hasSize(2)
        .allSatisfy(it -> assertThat((List<?>) at(it, "from")).isNotEmpty());
  }

  private static List<?> rules(String values) {
    return (List<?>) at(rendered(values).get("NetworkPolicy gatehouse"), "spec.ingress");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config.GATEHOUSE_DB_PASSWORD=x",
        "database.url=jdbc:postgresql://db/gatehouse?password=x",
        "replicaCount=1",
        "ingress.enabled=true",
        "typo=1"
      })
  void refusesValuesThatWouldNotBeSafe(String value) {
    String[] parts = value.split("=", 2);
    Object typed = parts[1].matches("\\d+") ? Integer.valueOf(parts[1]) : parts[1];

    assertThatThrownBy(() -> new Helm(CHART).template().set(parts[0], typed).call())
        .hasMessageContaining("schema");
  }

  @Test
  void setsOnlyWhatTheSettingsKnow() {
    String settings = Pages.text(Path.of("README.md"));
    Map<?, ?> data =
        (Map<?, ?>) at(rendered("values-production.yaml").get("ConfigMap gatehouse"), "data");

    assertThat(data.keySet())
        .allSatisfy(
            it -> {
              String name = it.toString().replaceFirst("_(USER|OWNER|URL|MAXWAITING)$", "");
              assertThat(settings).contains("`" + name);
            });
  }

  @Test
  void runsAsAUserWithANumberAndWritesToTwoFoldersOnly() {
    String image = Pages.text(DOCKER.resolve("Dockerfile"));
    Object gateway =
        at(new Yaml().load(Pages.text(DOCKER.resolve("compose.yaml"))), "services.gatehouse");

    assertThat(image)
        .contains(
            "USER " + IMAGE_USER + ":" + IMAGE_USER, "GATEHOUSE_DATA=/data/gatehouse", "-Psbom");
    assertThat(at(gateway, "read_only")).isEqualTo(true);
    assertThat(at(gateway, "tmpfs")).isEqualTo(List.of("/tmp"));
    assertThat(at(gateway, "volumes")).isEqualTo(List.of("gatehouse:/data"));
    assertThat(at(gateway, "cap_drop")).isEqualTo(List.of("ALL"));
    assertThat(at(gateway, "security_opt")).isEqualTo(List.of("no-new-privileges:true"));
    List<Object> mounts = new ArrayList<>();
    ((List<?>)
            at(
                rendered("values.yaml").get("Deployment gatehouse"),
                "spec.template.spec.containers.0.volumeMounts"))
        .forEach(it -> mounts.add(at(it, "mountPath")));
    assertThat(mounts).containsExactlyInAnyOrder("/data", "/tmp");
    assertThat(Files.exists(DOCKER.resolve("train.sh"))).isTrue();
  }

  /** The objects, by kind and name. */
  private static Map<String, Object> rendered(String values) {
    TemplateCommand template = new Helm(CHART).template().withName("gatehouse");
    Map<String, Object> objects = new LinkedHashMap<>();
    for (Object each : new Yaml().loadAll(template.withValuesFile(CHART.resolve(values)).call())) {
      if (each != null) {
        objects.put(at(each, "kind") + " " + at(each, "metadata.name"), each);
      }
    }
    return objects;
  }

  /** What is at a path of keys and indexes; null when there is nothing. */
  private static Object at(Object from, String path) {
    Object found = from;
    for (String key : path.split("\\.")) {
      if (found instanceof List<?> list) {
        found = list.get(Integer.parseInt(key));
      } else {
        found = found == null ? null : ((Map<?, ?>) found).get(key);
      }
    }
    return found;
  }
}
