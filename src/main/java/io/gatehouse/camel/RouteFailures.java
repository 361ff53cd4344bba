package io.gatehouse.camel;

import io.gatehouse.ProcessExit;
import io.gatehouse.broker.BrokerUnavailableException;
import io.gatehouse.edge.RateExceededException;
import io.gatehouse.edge.ScimResponse;
import io.gatehouse.scim.ScimError;
import io.gatehouse.scim.ScimException;
import io.gatehouse.store.SlowQueryException;
import io.gatehouse.store.StoreUnavailableException;
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

/** Turns the failure of a synchronous SCIM request into a SCIM error (RFC 7644 section 3.12). */
@Component("routeFailures")
final class RouteFailures {

  private static final int SERVER_ERROR = 500;
  private static final Logger LOG = LoggerFactory.getLogger(RouteFailures.class);

  void answer(Exchange exchange) throws IOException {
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    ScimEdge.write(exchange, response(cause, exchange));
  }

  private static ScimResponse response(@Nullable Throwable cause, Exchange exchange) {
    if (cause instanceof RateExceededException exceeded) {
      return exceeded.response();
    }
    Integer wait = exchange.getProperty(RateExceededException.WAIT, Integer.class);
    return wait != null && isInvalid(cause)
        ? ScimResponse.tooMany(wait)
        : ScimResponse.refusal(refusal(cause));
  }

  /** Whether the request made no command. Beyond the rate, it is not told what is wrong with it. */
  private static boolean isInvalid(@Nullable Throwable cause) {
    return cause instanceof ScimException refused && refused.refusal().status() < SERVER_ERROR;
  }

  static ScimError refusal(@Nullable Throwable cause) {
    if (cause instanceof ScimException refused) {
      return refused.refusal();
    }
    if (cause instanceof DirectConsumerNotAvailableException) {
      return ScimError.unavailable(
          "The profile of this connection is not loaded; see the gateway's log.");
    }
    ProcessExit.check(cause);
    LOG.warn("A request failed", cause);
    return isOutage(cause)
        ? ScimError.unavailable("The gateway cannot serve this request at the moment.")
        : new ScimError(500, null, "The gateway failed; the reason is in its log.");
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
