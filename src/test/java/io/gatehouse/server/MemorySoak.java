package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.MemoryScene;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What used to leave a deaf process behind, with a heap of 512 MB. */
class MemorySoak {

  @Test
  void largeReadsAndLargeWritesLeaveRoomForOthers() throws Exception {
    try (MemoryScene scene = new MemoryScene("512m")) {
      UUID group = scene.largeGroup(100_000);
      for (int clients : List.of(4, 16)) {
        report(
            clients + " reads of a group of 100,000",
            scene.atOnce(clients, () -> scene.read(group)));
      }
      report("8 writes of a group, 9 MB", scene.atOnce(8, () -> scene.postLargeGroup(180_000)));
      assertThat(scene.read(group).json().asLong()).isGreaterThan(100_000 * 150L);
    }
  }

  private static void report(String what, List<Answer> answers) {
    System.out.println(what + ": " + answers.stream().map(Answer::status).sorted().toList());
    assertThat(answers).allSatisfy(it -> assertThat(it.status()).isIn(200, 201, 400, 503));
  }
}
