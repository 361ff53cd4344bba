package io.gatehouse.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.store.StoreUnavailableException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The jobs that run by the clock. */
class LifecycleRoutesTest extends AdvisedRoutes {

  @Override
  String[] ends() {
    return new String[0];
  }

  @ParameterizedTest
  @CsvSource({
    "lifecycle-purge,purge.run",
    "lifecycle-farewell,connectionCleanup.run",
    "lifecycle-enrolment,enrolment.run",
    "lifecycle-enrolment-steps,enrolment.step",
    "lifecycle-schema-cleanup,schemaCleanup.step"
  })
  void worksOnceAndAgainWithTheNextTickAfterAFailure(String route, String bean) {
    fails(bean, new StoreUnavailableException("away", null));
    assertThat(send(route, null).getException()).isInstanceOf(StoreUnavailableException.class);
    assertThat(end(bean).getReceivedCounter()).as("once").isEqualTo(1);

    end(bean).whenAnyExchangeReceived(it -> {});
    assertThat(send(route, null).getException()).isNull();
    assertThat(end(bean).getReceivedCounter()).isEqualTo(2);
  }
}
