package dev.fairlead.core.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.IllegalReferenceCountException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultsTest {
    static List<Throwable> ours() {
        return List.of(
                new OutOfMemoryError("direct memory"),
                new StackOverflowError(),
                new NoClassDefFoundError("Missing"),
                new NullPointerException(),
                new IllegalReferenceCountException(0),
                new DecoderException(new OutOfMemoryError("heap")),
                new DecoderException(new IndexOutOfBoundsException(7)));
    }

    static List<Throwable> theirs() {
        return List.of(
                new IOException("Connection reset by peer"),
                new ClosedChannelException(),
                new SSLHandshakeException("no cipher suites in common"),
                new DecoderException(new SSLHandshakeException("bad certificate")),
                new TooLongFrameException("a header of 9 MB"),
                new DecoderException("invalid UTF-8"),
                new ChannelException("cannot bind"),
                new WebSocketClientHandshakeException("Invalid handshake response getStatus: 403 Forbidden"),
                new CorruptedWebSocketFrameException(WebSocketCloseStatus.PROTOCOL_ERROR, "RSV != 0"),
                ReadTimeoutException.INSTANCE,
                new RejectedExecutionException("event executor terminated"),
                Http2Exception.connectionError(Http2Error.PROTOCOL_ERROR, "no preface"),
                new DecoderException(Http2Exception.connectionError(Http2Error.PROTOCOL_ERROR, "no preface")));
    }

    @ParameterizedTest
    @MethodSource("ours")
    void bugsAndErrorsOfTheJvmAreOurs(Throwable failure) {
        assertThat(Faults.isOurs(failure)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("theirs")
    void whatPeersAndNetworksDoIsNot(Throwable failure) {
        assertThat(Faults.isOurs(failure)).isFalse();
    }
}
