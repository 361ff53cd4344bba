package io.gatehouse.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.gatehouse.support.SmallDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * {@code ./mvnw test -Psoak -Dtest=DegradedModesSoak}: every row of the table of degraded modes for
 * half a minute, with a histogram of the answers; those of a full disk once more on disks that are
 * full indeed. Options: {@code -Doutages=BROKER_DOWN,...}, {@code -Dseconds=30}.
 */
@ExtendWith(OutputCaptureExtension.class)
class DegradedModesSoak {

  private static final int SECONDS = Integer.getInteger("seconds", 30);

  /** A burst, and then ten lines a second. */
  private static final int BURST = 300;

  private static final int LINES_A_SECOND = 10;

  @TempDir static Path folder;
  private static OutageScene scene;

  @BeforeAll
  static void start() throws Exception {
    scene = new OutageScene(folder);
  }

  @AfterAll
  static void stop() throws IOException {
    scene.close();
  }

  static Stream<Outage> outages() {
    String chosen = System.getProperty("outages");
    return Arrays.stream(Outage.values())
        .filter(it -> chosen == null || List.of(chosen.split(",")).contains(it.name()));
  }

  /** Those of a disk, on a disk of its own that a file fills. */
  static Stream<Outage> ofDisks() {
    return outages().filter(Set.of(Outage.DATABASE_FULL, Outage.BROKER_FULL)::contains);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("ofDisks")
  void recoversFromADiskThatIsReallyFull(Outage outage, CapturedOutput output) throws Exception {
    Path own = folder.resolve(outage.name());
    assumeThat(SmallDisk.isPermitted(own)).as("root may mount a file system in memory").isTrue();
    try (OutageScene onSmallDisks = OutageScene.onSmallDisks(own)) {
      run(onSmallDisks, outage, output);
    }
  }

  @ParameterizedTest
  @MethodSource("outages")
  void answersInTimeAndRecovers(Outage outage, CapturedOutput output) throws Exception {
    run(scene, outage, output);
  }

  private static void run(OutageScene scene, Outage outage, CapturedOutput output)
      throws Exception {
    long start = System.nanoTime();

    String report =
        OutageRun.of(
            scene,
            outage,
            new OutageRun.Load(8, Duration.ofMillis(20), Duration.ofSeconds(SECONDS)));

    long lines = output.getAll().lines().count();
    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds() + 1;
    System.out.printf("DEGRADED %s%n%d lines of log in %d s%n", report, lines, seconds);
    assertThat(lines).isLessThanOrEqualTo(BURST + LINES_A_SECOND * seconds);
  }
}
