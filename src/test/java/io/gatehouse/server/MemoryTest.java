package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.ProcessExit;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.MemoryScene;
import io.gatehouse.support.OpenCall;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Little memory and much to do; {@link MemorySoak} is the same at its full size. */
class MemoryTest {

  @Test
  void servesOthersWhileSomeWantMuchMemoryAndEndsWhenThereIsNoneLeft() throws Exception {
    try (MemoryScene scene = new MemoryScene("320m")) {
      UUID group = scene.largeGroup(20_000);

      assertThat(scene.atOnce(8, () -> scene.idp().group(group)))
          .allSatisfy(it -> assertThat(it.status()).isIn(200, 503))
          .filteredOn(it -> it.status() == 200)
          .isNotEmpty()
          .allSatisfy(
              it -> {
                assertThat(it.json().path("members")).hasSize(20_000);
                assertThat(it.json().at("/members/0/display").asText()).startsWith("Member");
              });
      String onlyIds = "/Groups/" + group + "?attributes=members.value";
      assertThat(scene.idp().call("GET", onlyIds, null).json().at("/members/7"))
          .allSatisfy(it -> assertThat(it.isTextual()).isTrue())
          .hasSize(1);
      assertThat(scene.atOnce(4, () -> scene.postLargeGroup(100_000)))
          .allSatisfy(it -> assertThat(it.status()).isBetween(201, 503))
          .anySatisfy(it -> assertThat(it.status()).isEqualTo(503))
          .filteredOn(it -> it.status() == 503)
          .allSatisfy(it -> assertThat(it.header("Retry-After")).isNotEmpty());

      scene.largeUsers(50);
      String large = "/Users?count=50&filter=userName%20sw%20%22large%22";
      assertThat(scene.atOnce(4, () -> scene.read(large)))
          .allSatisfy(it -> assertThat(it.status()).isIn(200, 503))
          .filteredOn(it -> it.status() == 200)
          .isNotEmpty()
          .allSatisfy(it -> assertThat(it.json().asLong()).isGreaterThan(50 * 350_000L));

      OpenCall.of(scene.process().client(), "POST /admin/api/v1/hog", Gateway.ADMIN_TOKEN, "0", "")
          .close();
      assertThat(scene.process().exitWithin(Duration.ofSeconds(60)))
          .hasValue(ProcessExit.JVM_STATUS);
    }
  }
}
