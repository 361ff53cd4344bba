package io.gatehouse.embedded;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.protocol.amqp.broker.ActiveMQProtonRemotingConnection;
import org.jspecify.annotations.Nullable;

/**
 * What a connection must show before the broker hears of it: the first eight bytes of AMQP 1.0
 * (part 2.2), and one well-formed frame to sign in. It must have signed in after a few seconds, or
 * is closed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nothing waits for a connection to be closed
final class HandshakeGuard extends ByteToMessageDecoder {

  private static final byte[] AMQP = {'A', 'M', 'Q', 'P'};
  private static final int HEADER_BYTES = 8;
  private static final int SASL = 3;
  private static final int SASL_FRAME = 1;
  private static final int MAX_SASL_FRAME = 512;

  private final Keeper keeper;
  private final Supplier<ChannelHandler> behind;
  private boolean authenticates;
  private boolean authenticated;

  HandshakeGuard(Keeper keeper, Supplier<ChannelHandler> behind) {
    this.keeper = keeper;
    this.behind = behind;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) throws Exception {
    keeper.register(context.channel());
    super.channelActive(context);
  }

  /**
   * Lets the protocol header through, and after that of SASL one frame of the size that the
   * specification allows (part 5.3.1) before the header of AMQP: more, or another, makes the
   * broker's parser turn without end.
   */
  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < HEADER_BYTES) {
      return;
    }
    if (startsWithAmqp(in)) {
      header(context, in, out);
    } else if (authenticates && !authenticated && isSaslFrame(in)) {
      frame(in, out);
    } else {
      in.skipBytes(in.readableBytes());
      context.close();
    }
  }

  private void header(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (!authenticates) {
      context.pipeline().addLast(behind.get());
    }
    boolean sasl = in.getByte(in.readerIndex() + AMQP.length) == SASL;
    if (sasl && !authenticates) {
      authenticates = true;
      out.add(in.readRetainedSlice(HEADER_BYTES));
    } else if (sasl) {
      context.close();
    } else {
      context.pipeline().remove(this);
    }
  }

  private void frame(ByteBuf in, List<Object> out) {
    int size = in.getInt(in.readerIndex());
    if (in.readableBytes() >= size) {
      authenticated = true;
      out.add(in.readRetainedSlice(size));
    }
  }

  private static boolean startsWithAmqp(ByteBuf in) {
    return Arrays.equals(ByteBufUtil.getBytes(in, in.readerIndex(), AMQP.length), AMQP);
  }

  private static boolean isSaslFrame(ByteBuf in) {
    int start = in.readerIndex();
    int size = in.getInt(start);
    int offset = in.getByte(start + 4) * 4;
    return size > HEADER_BYTES
        && size <= MAX_SASL_FRAME
        && offset >= HEADER_BYTES
        && offset < size
        && in.getByte(start + 5) == SASL_FRAME;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  /** Counts connections, all of them and those of an address that have not signed in. */
  static final class Keeper {

    static final int SIGN_IN_SECONDS = 5;
    static final int MAX_CONNECTIONS = 1_000;

    /** Less than all, so that one address cannot keep others out without a credential. */
    static final int MAX_UNKNOWN = 100;

    private final ActiveMQServer broker;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<InetAddress, Integer> unknown = new ConcurrentHashMap<>();

    Keeper(ActiveMQServer broker) {
      this.broker = broker;
    }

    private void register(Channel channel) {
      channel.closeFuture().addListener(closed -> open.decrementAndGet());
      if (open.incrementAndGet() > MAX_CONNECTIONS) {
        channel.close();
        return;
      }
      InetAddress from = address(channel);
      if (from == null) {
        channel.close();
        return;
      }
      AtomicBoolean counted = new AtomicBoolean(true);
      Runnable forget =
          () -> {
            if (counted.getAndSet(false)) {
              unknown.computeIfPresent(from, (address, n) -> n > 1 ? n - 1 : null);
            }
          };
      channel.closeFuture().addListener(closed -> forget.run());
      if (unknown.merge(from, 1, Integer::sum) > MAX_UNKNOWN) {
        channel.close();
        return;
      }
      channel.eventLoop().schedule(() -> check(channel, forget), SIGN_IN_SECONDS, TimeUnit.SECONDS);
    }

    private static @Nullable InetAddress address(Channel channel) {
      return channel.remoteAddress() instanceof InetSocketAddress remote
          ? remote.getAddress()
          : null;
    }

    private void check(Channel channel, Runnable forget) {
      if (isSignedIn(channel)) {
        forget.run();
      } else {
        channel.close();
      }
    }

    private boolean isSignedIn(Channel channel) {
      var connection = broker.getRemotingService().getConnection(channel.id());
      if (connection instanceof ActiveMQProtonRemotingConnection amqp) {
        var sasl = amqp.getAmqpConnection().getSASLResult();
        return sasl != null && sasl.isSuccess();
      }
      return false;
    }
  }
}
