package io.gatehouse.broker;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientRequestor;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.management.ManagementHelper;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.jspecify.annotations.Nullable;

/** Calls of the broker's management API in a session. */
final class BrokerManagement {

  private static final String ADDRESS = "activemq.management";

  /** The time to empty a queue grows with its length. */
  private static final long TIMEOUT_MILLIS = 60_000;

  private BrokerManagement() {}

  /** Invokes an operation of the broker. */
  static @Nullable Object broker(ClientSession session, String operation, Object... parameters)
      throws Exception {
    ClientMessage call = session.createMessage(false);
    ManagementHelper.putOperationInvocation(call, ResourceNames.BROKER, operation, parameters);
    return result(session, call, operation);
  }

  /** Reads an attribute of the broker. */
  static @Nullable Object ofBroker(ClientSession session, String name) throws Exception {
    return attributeOf(session, ResourceNames.BROKER, name);
  }

  /** Reads an attribute of a divert. */
  static @Nullable Object ofDivert(ClientSession session, String divert, String name)
      throws Exception {
    return attributeOf(session, ResourceNames.DIVERT + divert, name);
  }

  /** Invokes an operation of a queue. */
  static @Nullable Object queue(
      ClientSession session, String queue, String operation, Object... parameters)
      throws Exception {
    ClientMessage call = session.createMessage(false);
    ManagementHelper.putOperationInvocation(
        call, ResourceNames.QUEUE + queue, operation, parameters);
    return result(session, call, operation);
  }

  /** Reads an attribute of a queue. */
  static @Nullable Object attribute(ClientSession session, String queue, String name)
      throws Exception {
    return attributeOf(session, ResourceNames.QUEUE + queue, name);
  }

  /** Reads an attribute of an address. */
  static @Nullable Object ofAddress(ClientSession session, String address, String name)
      throws Exception {
    return attributeOf(session, ResourceNames.ADDRESS + address, name);
  }

  private static @Nullable Object attributeOf(ClientSession session, String resource, String name)
      throws Exception {
    ClientMessage call = session.createMessage(false);
    ManagementHelper.putAttribute(call, resource, name);
    return result(session, call, name);
  }

  private static @Nullable Object result(ClientSession session, ClientMessage call, String name)
      throws Exception {
    try (ClientRequestor requestor = new ClientRequestor(session, ADDRESS)) {
      ClientMessage reply = requestor.request(call, TIMEOUT_MILLIS);
      if (reply == null || !ManagementHelper.hasOperationSucceeded(reply)) {
        throw new ActiveMQException(
            name + " failed: " + (reply == null ? "no reply" : ManagementHelper.getResult(reply)));
      }
      return ManagementHelper.getResult(reply);
    }
  }
}
