package dev.fairlead.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class TransportTest {
    static Stream<Transport> available() {
        return Stream.of(Transport.values()).filter(Transport::isAvailable);
    }

    @ParameterizedTest
    @MethodSource("available")
    void loopsEndWithoutComplaintWhileConnectionsAreBeingClosed(Transport transport) {
        var logger = (Logger) LoggerFactory.getLogger("io.netty.channel");
        var complaints = new ListAppender<ILoggingEvent>();
        complaints.start();
        logger.addAppender(complaints);
        try {
            for (int i = 0; i < 10; i++) closeAllAndEnd(transport);
        } finally {
            logger.detachAppender(complaints);
        }

        assertThat(complaints.list).noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.WARN));
    }

    private static void closeAllAndEnd(Transport transport) {
        var loops = new MultiThreadIoEventLoopGroup(2, transport.handlers());
        Channel listening = new ServerBootstrap()
                .group(loops)
                .channel(transport.listening())
                .childHandler(new Silent())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        var connecting = new Bootstrap().group(loops).channel(transport.connecting());
        connecting.handler(new Silent());
        var connections = new ArrayList<Channel>();
        for (int i = 0; i < 20; i++) {
            connections.add(connecting
                    .connect(listening.localAddress())
                    .syncUninterruptibly()
                    .channel());
        }

        connections.forEach(Channel::close);
        Transport.end(loops);
    }

    private static final class Silent extends ChannelInboundHandlerAdapter {
        @Override
        public boolean isSharable() {
            return true;
        }
    }
}
