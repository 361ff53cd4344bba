package io.gatehouse.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.audit.ActivityLog.Wanted;
import jakarta.servlet.AsyncEvent;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ActivityStreamTest {

  @Test
  void endsWhenItsReaderIsGoneSoThatTheContainerShowsNoErrorPage() throws IOException {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setAsyncSupported(true);
    AtomicInteger ended = new AtomicInteger();
    ActivityStream stream =
        new ActivityStream(
            new ActivityStreams.Wish(Wanted.all(UUID.randomUUID()), 0),
            new ActivityStreams.Reader(it -> "", () -> true),
            null);
    stream.start(request, new MockHttpServletResponse(), ended::incrementAndGet);
    MockAsyncContext context = (MockAsyncContext) request.getAsyncContext();

    context.getListeners().get(0).onError(new AsyncEvent(context, new IOException("Broken pipe")));

    assertThat(request.isAsyncStarted()).isFalse();
    assertThat(ended).hasValue(1);
  }
}
