package io.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Nobody waits for a name server that does not answer. */
class BoundedHostNamesTest {

  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  @Test
  void givesTheAddresses() throws Exception {
    assertThat(new BoundedHostNames(host -> new InetAddress[] {HERE}).addresses("a"))
        .containsExactly(HERE);
  }

  @Test
  void saysThatAHostIsNotKnownAsTheResolverDoes() {
    UnknownHostException unknown = new UnknownHostException("a");
    HostNames names =
        host -> {
          throw unknown;
        };

    assertThatThrownBy(() -> new BoundedHostNames(names).addresses("a")).isSameAs(unknown);
  }

  @Test
  void givesUpWhenNoNameServerAnswersAndFindsOtherHostsMeanwhile() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    BoundedHostNames unit =
        new BoundedHostNames(
            host -> {
              if (host.equals("silent")) {
                wait(end);
              }
              return new InetAddress[] {HERE};
            },
            Duration.ofSeconds(2));

    assertThatThrownBy(() -> unit.addresses("silent"))
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("silent: no name server answers");
    assertThat(unit.addresses("other")).containsExactly(HERE);
    end.countDown();
  }

  private static void wait(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
