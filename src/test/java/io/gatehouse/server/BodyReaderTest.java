package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class BodyReaderTest {

  private static final int LIMIT = 100_000;

  private final AtomicLong nanos = new AtomicLong();
  private final BodyReader reader = new BodyReader(Duration.ofSeconds(10), nanos::get);
  private final MemoryBudget budget = new MemoryBudget(1L << 30);

  @Test
  void readsABodyWhetherItsLengthIsAnnouncedOrNot() throws Exception {
    byte[] body = "x".repeat(50_000).getBytes();

    assertThat(read(new ByteArrayInputStream(body), body.length)).isEqualTo(body);
    assertThat(read(new ByteArrayInputStream(body), -1)).isEqualTo(body);
    assertThat(read(InputStream.nullInputStream(), 0)).isEmpty();
  }

  @Test
  void refusesWhatIsAnnouncedTooLargeWithoutReadingIt() {
    assertRefused(413, () -> read(trickle(Duration.ofDays(1)), LIMIT + 1));
    assertThat(nanos).hasValue(0);
  }

  @Test
  void refusesWhatTurnsOutTooLarge() {
    assertRefused(413, () -> read(new ByteArrayInputStream(new byte[LIMIT + 1]), -1));
    assertThat(budget.reserved()).isLessThan(3L * LIMIT * MemoryBudget.WEIGHT);
  }

  @Test
  void refusesABodyThatComesByteByByte() {
    assertRefused(408, () -> read(trickle(Duration.ofSeconds(1)), 1_000));
    assertThat(Duration.ofNanos(nanos.get())).isLessThan(Duration.ofSeconds(12));
  }

  @Test
  void waitsForALargeBodyThatComesSteadily() throws Exception {
    assertThat(
            read(trickle(Duration.ofNanos(1_000_000_000L / BodyReader.BYTES_PER_SECOND)), 90_000))
        .hasSize(90_000);
  }

  @Test
  void refusesABodyThatStops() {
    InputStream silent =
        new InputStream() {
          @Override
          public int read() throws SocketTimeoutException {
            throw new SocketTimeoutException();
          }
        };

    assertRefused(408, () -> read(silent, 1));
  }

  @Test
  void refusesABodyForWhichThereIsNoMemory() {
    MemoryBudget small = new MemoryBudget(4L * 1024 * 1024);
    assertThat(small.open().holds(MemoryBudget.SMALL + 1)).isTrue();

    assertRefused(
        503, () -> reader.read(new ByteArrayInputStream(new byte[LIMIT]), -1, LIMIT, small.open()));
  }

  private byte[] read(InputStream in, long announced) throws Exception {
    return reader.read(in, announced, LIMIT, budget.open());
  }

  private static void assertRefused(
      int status, org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .asInstanceOf(InstanceOfAssertFactories.type(RefusedBodyException.class))
        .extracting(RefusedBodyException::status)
        .isEqualTo(status);
  }

  /** 90,000 bytes, one by one. */
  private InputStream trickle(Duration each) {
    return new InputStream() {
      private int left = 90_000;

      @Override
      public int read() {
        nanos.addAndGet(each.toNanos());
        return left-- > 0 ? ' ' : -1;
      }

      @Override
      public int read(byte[] into, int from, int length) {
        int one = read();
        if (one < 0) {
          return -1;
        }
        into[from] = (byte) one;
        return 1;
      }
    };
  }
}
