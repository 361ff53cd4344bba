package io.gatehouse.camel;

import io.gatehouse.ProcessExit;
import io.gatehouse.broker.BrokerUnavailableException;
import io.gatehouse.directory.SlowQueryException;
import io.gatehouse.directory.StoreUnavailableException;
import io.gatehouse.edge.ScimAnswer;
import io.gatehouse.scim.Refusal;
import io.gatehouse.scim.ScimException;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Turns what went wrong on a route that somebody waits for into an answer in SCIM's own form. */
@Component("failures")
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  void answer(Exchange exchange) throws IOException {
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Edge.write(exchange, ScimAnswer.refusal(refusal(cause)));
  }

  static Refusal refusal(@Nullable Throwable cause) {
    if (cause instanceof ScimException refused) {
      return refused.refusal();
    }
    if (cause instanceof DirectConsumerNotAvailableException) {
      return Refusal.unavailable(
          "The profile of this connection is not loaded; see the gateway's log.");
    }
    ProcessExit.check(cause);
    LOG.warn("A request failed", cause);
    return isOutage(cause)
        ? Refusal.unavailable("The gateway cannot serve this request at the moment.")
        : new Refusal(500, null, "The gateway failed; the reason is in its log.");
  }

  private static boolean isOutage(@Nullable Throwable cause) {
    return cause instanceof StoreUnavailableException
        || cause instanceof SlowQueryException
        || cause instanceof BrokerUnavailableException
        || cause instanceof DataAccessResourceFailureException
        || cause instanceof TransientDataAccessException
        || cause instanceof RecoverableDataAccessException
        || cause instanceof TransactionException;
  }
}
