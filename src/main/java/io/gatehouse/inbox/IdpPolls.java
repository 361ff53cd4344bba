package io.gatehouse.inbox;

import io.gatehouse.inbox.IdpApi.PollResult;
import io.gatehouse.tenant.ConnectionSettings;
import io.gatehouse.tenant.Connections;
import io.gatehouse.tenant.Connections.Connection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the IdPs for events, because webhooks get lost. One instance polls for a connection at a
 * time. An IdP that fails does not stop the polls of the others.
 */
public final class IdpPolls {

  /** The name of the turn to poll. To end the turn without holding it requests a poll at once. */
  public static final String TURN = "poll";

  private static final Logger LOG = LoggerFactory.getLogger(IdpPolls.class);

  /** The pause after a complete poll of a connection, for all instances together. */
  private static final Duration REST = Duration.ofSeconds(20);

  /** Longer than {@link #PAGES} answers take. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private static final int PAGES = 10;

  private final Connections connections;
  private final IdpApis apis;
  private final Inbox inbox;
  private final IdpStates states;

  public IdpPolls(Connections connections, IdpApis apis, Inbox inbox, IdpStates states) {
    this.connections = connections;
    this.apis = apis;
    this.inbox = inbox;
    this.states = states;
  }

  /** The connections with access to the API of their IdP. */
  public List<Connection> connections() {
    return connections.connections().stream()
        .filter(it -> it.settings().has(ConnectionSettings.API))
        .toList();
  }

  /** Reads the events of a connection's IdP into the inbox, unless another instance is doing so. */
  public void poll(Connection connection) {
    with(
        connection,
        api -> {
          if (states.begin(connection.id(), TURN, LONGEST)) {
            states.end(connection.id(), TURN, pause(connection, api));
          }
        });
  }

  private void with(Connection connection, Consumer<IdpApi> work) {
    try {
      apis.of(connection).ifPresent(work);
    } catch (IdpApiException e) {
      complain(connection, e);
    }
  }

  private Duration pause(Connection connection, IdpApi api) {
    try {
      return read(connection.id(), api) ? Duration.ZERO : REST;
    } catch (IdpApiException e) {
      complain(connection, e);
      return e.retryAfter() == null ? REST : e.retryAfter();
    } catch (RuntimeException e) {
      LOG.warn("The poll for connection {} failed", connection.id(), e);
      return REST;
    }
  }

  /** Reads some pages and stores each with its watermark; true when there are more. */
  private boolean read(UUID connection, IdpApi api) {
    boolean more = true;
    for (int page = 0; more && page < PAGES; page++) {
      PollResult result = api.poll(inbox.watermark(connection));
      inbox.addPolled(connection, result.signals(), result.watermark());
      more = result.more();
    }
    return more;
  }

  /** Subscribes the gateway's webhook at the IdP of a connection. */
  public void subscribe(Connection connection) {
    with(connection, IdpApi::subscribe);
  }

  private static void complain(Connection connection, IdpApiException e) {
    LOG.warn(
        "The API of connection {} ({}): {}", connection.id(), connection.idp(), e.getMessage());
  }
}
