package io.gatehouse.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.management.ManagementHelper;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.core.client.impl.ClientMessageImpl;
import org.jspecify.annotations.Nullable;

/** Calls of the broker's management API in a session, all by one queue of replies. */
final class BrokerManagement {

  private static final SimpleString ADDRESS = SimpleString.of("activemq.management");

  private final ClientSession session;
  private final SessionLimits limits;
  private final long start = System.nanoTime();
  private final SimpleString replyQueue = SimpleString.of("gatehouse." + UUID.randomUUID());
  private @Nullable ClientProducer calls;
  private @Nullable ClientConsumer replies;

  /** Manages by a session that has been started. */
  BrokerManagement(ClientSession session, SessionLimits limits) {
    this.session = session;
    this.limits = limits;
  }

  /** An operation of the broker. */
  record Operation(String name, List<Object> parameters) {
    static Operation of(String name, Object... parameters) {
      return new Operation(name, List.of(parameters));
    }
  }

  /**
   * The session, for all that is no management.
   *
   * @throws ActiveMQException when the limit for the begin of a call is over
   */
  ClientSession session() throws ActiveMQException {
    if (System.nanoTime() - start > limits.begin().toNanos()) {
      throw new ActiveMQException("it takes too long");
    }
    return session;
  }

  /** Invokes an operation of the broker. */
  @Nullable Object broker(String operation, Object... parameters) throws Exception {
    return result(operation(ResourceNames.BROKER, operation, parameters), operation);
  }

  /**
   * Invokes operations of the broker in order, and only then waits for their results. A failure
   * does not keep the broker from the next operation.
   */
  List<String> broker(List<Operation> operations) throws Exception {
    session();
    sendAll(operations);
    List<ClientMessage> replies = new ArrayList<>();
    for (Operation each : operations) {
      replies.add(reply(each.name()));
    }
    List<String> results = new ArrayList<>();
    for (int i = 0; i < replies.size(); i++) {
      results.add(String.valueOf(read(replies.get(i), operations.get(i).name())));
    }
    return results;
  }

  /**
   * Invokes operations of the broker behind all that were invoked before, at any time and without
   * waiting for a result, as the last ones. Does nothing when there was nothing before.
   */
  void leaveBehind(List<Operation> operations) throws Exception {
    if (calls != null) {
      sendAll(operations);
    }
  }

  private void sendAll(List<Operation> operations) throws Exception {
    for (Operation each : operations) {
      send(operation(ResourceNames.BROKER, each.name(), each.parameters().toArray()));
    }
  }

  /** Reads an attribute of the broker. */
  @Nullable Object ofBroker(String name) throws Exception {
    return attributeOf(ResourceNames.BROKER, name);
  }

  /** Reads an attribute of a divert. */
  @Nullable Object ofDivert(String divert, String name) throws Exception {
    return attributeOf(ResourceNames.DIVERT + divert, name);
  }

  /** Invokes an operation of a queue. */
  @Nullable Object queue(String queue, String operation, Object... parameters) throws Exception {
    return result(operation(ResourceNames.QUEUE + queue, operation, parameters), operation);
  }

  /** Reads an attribute of a queue. */
  @Nullable Object attribute(String queue, String name) throws Exception {
    return attributeOf(ResourceNames.QUEUE + queue, name);
  }

  /** Reads an attribute of an address. */
  @Nullable Object ofAddress(String address, String name) throws Exception {
    return attributeOf(ResourceNames.ADDRESS + address, name);
  }

  private @Nullable Object attributeOf(String resource, String name) throws Exception {
    ClientMessage call = session.createMessage(false);
    ManagementHelper.putAttribute(call, resource, name);
    return result(call, name);
  }

  private ClientMessage operation(String resource, String name, Object... parameters)
      throws Exception {
    ClientMessage call = session.createMessage(false);
    ManagementHelper.putOperationInvocation(call, resource, name, parameters);
    return call;
  }

  private @Nullable Object result(ClientMessage call, String name) throws Exception {
    session();
    send(call);
    return read(reply(name), name);
  }

  private void send(ClientMessage call) throws ActiveMQException {
    ClientProducer producer = calls;
    if (producer == null) {
      session.createQueue(QueueConfiguration.of(replyQueue).setDurable(false).setTemporary(true));
      replies = session.createConsumer(replyQueue);
      producer = session.createProducer(ADDRESS);
      calls = producer;
    }
    call.putStringProperty(ClientMessageImpl.REPLYTO_HEADER_NAME, replyQueue);
    producer.send(call);
  }

  private ClientMessage reply(String name) throws ActiveMQException {
    long patience = limits.replyAfter(Duration.ofNanos(System.nanoTime() - start)).toMillis();
    ClientMessage reply = Objects.requireNonNull(replies).receive(Math.max(1, patience));
    if (reply == null) {
      throw new ActiveMQException(name + " failed: no reply");
    }
    return reply;
  }

  private static @Nullable Object read(ClientMessage reply, String name) throws Exception {
    if (!ManagementHelper.hasOperationSucceeded(reply)) {
      throw new ActiveMQException(name + " failed: " + ManagementHelper.getResult(reply));
    }
    return ManagementHelper.getResult(reply);
  }
}
