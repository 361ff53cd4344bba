package io.gatehouse.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.admin.api.RatesController.PointView;
import io.gatehouse.admin.api.RatesController.RatesView;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartTest {

  private static PointView point(int minute, Long milliseconds) {
    return new PointView(
        Instant.EPOCH.plusSeconds(60L * minute),
        0,
        0,
        0,
        0,
        milliseconds,
        milliseconds,
        milliseconds,
        milliseconds);
  }

  @Test
  void minutesWithoutCommandsAreAGapAndNotFast() {
    List<PointView> points =
        List.of(point(0, 10L), point(1, 20L), point(2, null), point(3, 40L), point(4, null));
    Chart latency = Chart.of(new RatesView("hour", 60, points)).get(1);

    List<String> parts = latency.lines().get(0).parts();
    assertThat(parts).hasSize(2).noneMatch(it -> it.contains("NaN"));
    assertThat(parts.get(1).split(" ")).as("a lone value is seen").hasSize(2);
    assertThat(latency.rows().get(2).values()).containsExactly("", "");
    assertThat(latency.summary()).endsWith("the highest value is 40.");
  }

  @Test
  void withoutAnyValueThereIsNoLine() {
    Chart latency = Chart.of(new RatesView("hour", 60, List.of(point(0, null)))).get(1);
    assertThat(latency.lines()).allMatch(it -> it.parts().isEmpty());
    assertThat(latency.summary()).endsWith("the highest value is 0.");
  }
}
