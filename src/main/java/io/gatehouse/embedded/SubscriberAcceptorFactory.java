package io.gatehouse.embedded;

import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.cluster.ClusterConnection;
import org.apache.activemq.artemis.core.server.metrics.MetricsManager;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.apache.activemq.artemis.spi.core.remoting.BufferHandler;
import org.apache.activemq.artemis.spi.core.remoting.ServerConnectionLifeCycleListener;

/** Makes the port of subscribers; the broker finds it by its name, so it is public. */
public final class SubscriberAcceptorFactory extends NettyAcceptorFactory {

  @Override
  @SuppressWarnings("rawtypes") // as Artemis has it
  public Acceptor createAcceptor(
      String name,
      ClusterConnection cluster,
      Map<String, Object> settings,
      BufferHandler buffers,
      ServerConnectionLifeCycleListener connections,
      Executor threads,
      ScheduledExecutorService scheduler,
      Map<String, ProtocolManager> protocols,
      String threadGroup,
      MetricsManager metrics) {
    return new SubscriberAcceptor(
        name,
        cluster,
        settings,
        buffers,
        connections,
        scheduler,
        threads,
        protocols,
        threadGroup,
        metrics);
  }
}
