package io.gatehouse.embedded;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.cluster.ClusterConnection;
import org.apache.activemq.artemis.core.server.metrics.MetricsManager;
import org.apache.activemq.artemis.protocol.amqp.broker.ProtonProtocolManager;
import org.apache.activemq.artemis.protocol.amqp.broker.ProtonProtocolManagerFactory;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;
import org.apache.activemq.artemis.spi.core.remoting.BufferHandler;
import org.apache.activemq.artemis.spi.core.remoting.ServerConnectionLifeCycleListener;
import org.apache.activemq.artemis.utils.ConfigurationHelper;
import org.apache.activemq.artemis.utils.actors.OrderedExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The port of subscribers. Artemis' own one takes HTTP whatever protocols it is given, collects
 * requests of any length in memory, and lets a connection that has said a word stay for good; so
 * the port is opened here, {@link HandshakeGuard} looks at each connection first, and Artemis gets
 * what speaks AMQP.
 */
final class SubscriberAcceptor extends NettyAcceptor {

  private static final int MAX_FRAME_BYTES = 128 * 1024;
  private static final long MAX_IDLE_MILLIS = 60_000;
  private static final int THREADS = 3;

  /** What Artemis checks; it leaves binding to others because of the HTTP upgrade. */
  static final Map<String, Object> LIMITS =
      Map.of(
          TransportConstants.PROTOCOLS_PROP_NAME,
          ProtonProtocolManagerFactory.AMQP_PROTOCOL_NAME,
          TransportConstants.HTTP_UPGRADE_ENABLED_PROP_NAME,
          true,
          "saslMechanisms",
          "PLAIN",
          "maxFrameSize",
          MAX_FRAME_BYTES,
          "amqpIdleTimeout",
          MAX_IDLE_MILLIS);

  private final HandshakeGuard.Keeper keeper;
  private @Nullable EventLoopGroup loops;
  private @Nullable Channel port;

  @SuppressWarnings("rawtypes") // as Artemis has it
  SubscriberAcceptor(
      String name,
      ClusterConnection cluster,
      Map<String, Object> settings,
      BufferHandler buffers,
      ServerConnectionLifeCycleListener connections,
      ScheduledExecutorService scheduler,
      Executor threads,
      Map<String, ProtocolManager> protocols,
      String threadGroup,
      MetricsManager metrics) {
    super(
        name,
        cluster,
        settings,
        buffers,
        connections,
        scheduler,
        new OrderedExecutor(threads),
        protocols,
        threadGroup,
        metrics);
    var amqp =
        (ProtonProtocolManager)
            Objects.requireNonNull(protocols.get(ProtonProtocolManagerFactory.AMQP_PROTOCOL_NAME));
    keeper = new HandshakeGuard.Keeper(amqp.getServer());
  }

  @Override
  protected void internalStart() throws Exception {
    super.internalStart();
    if (port == null) {
      EventLoopGroup group =
          new NioEventLoopGroup(THREADS, new DefaultThreadFactory("subscribers", true));
      loops = group;
      port = bind(group);
    }
  }

  private Channel bind(EventLoopGroup group) {
    Map<String, Object> settings = getConfiguration();
    var address =
        new InetSocketAddress(
            ConfigurationHelper.getStringProperty(
                TransportConstants.HOST_PROP_NAME, TransportConstants.DEFAULT_HOST, settings),
            ConfigurationHelper.getIntProperty(TransportConstants.PORT_PROP_NAME, 0, settings));
    return new ServerBootstrap()
        .group(group)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childHandler(entrance(settings))
        .bind(address)
        .syncUninterruptibly()
        .channel();
  }

  private ChannelInitializer<Channel> entrance(Map<String, Object> settings) {
    boolean encrypted =
        ConfigurationHelper.getBooleanProperty(
            TransportConstants.SSL_ENABLED_PROP_NAME, false, settings);
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) throws Exception {
        if (encrypted) {
          channel.pipeline().addLast("ssl", getSslHandler(channel.alloc(), null, 0));
        }
        channel
            .pipeline()
            .addLast(new HandshakeGuard(keeper, getProtocolHandler()::getProtocolDecoder));
      }
    };
  }

  @Override
  public int getActualPort() {
    return port != null && port.localAddress() instanceof InetSocketAddress address
        ? address.getPort()
        : super.getActualPort();
  }

  @Override
  public synchronized void pause() {
    if (port != null) {
      port.close().syncUninterruptibly();
    }
    super.pause();
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for the end of the threads
  public synchronized void asyncStop(Runnable callback) {
    pause();
    super.asyncStop(callback);
    if (loops != null) {
      loops.shutdownGracefully(0, 3, TimeUnit.SECONDS);
    }
    loops = null;
    port = null;
  }
}
