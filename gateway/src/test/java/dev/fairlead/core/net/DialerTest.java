package dev.fairlead.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fault.Faults;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Connections to nodes that are declared by name.
class DialerTest {
    @TempDir
    Path directory;

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, Transport.best().handlers());
    private DnsServer dns;
    private Dialer dialer;

    @BeforeEach
    void open() throws IOException {
        dns = new DnsServer();
        var sources = new NameSources(directory.resolve("hosts"), dns.resolverFile(directory), host -> {
            throw new UnknownHostException(host);
        });
        dialer = new Dialer(Transport.best(), Faults.TO_LOG, sources);
    }

    @AfterEach
    void close() {
        dialer.close();
        dns.close();
        Transport.end(loops);
    }

    @Test
    void aNodeWhoseNameMovedWithoutAWordIsFoundAgain() throws Exception {
        dns.knows("geth.test", 60, "127.0.0.2");
        int port;
        try (var one = listening("127.0.0.2", 0)) {
            port = one.getLocalPort();
            assertThat(dialled("http://geth.test:" + port)).isEqualTo("127.0.0.2");
        }

        dns.knows("geth.test", 60, "127.0.0.3");
        try (var _ = listening("127.0.0.3", port)) {
            assertThat(dialled("http://geth.test:" + port)).isEqualTo("connection refused by geth.test:" + port);
            assertThat(dialled("http://geth.test:" + port)).isEqualTo("127.0.0.3");
        }
    }

    @Test
    void eachAddressOfANameIsTriedInTurn() throws Exception {
        dns.knows("geth.test", 60, "127.0.0.2", "127.0.0.3");
        try (var second = listening("127.0.0.3", 0)) {
            assertThat(dialled("http://geth.test:" + second.getLocalPort())).isEqualTo("127.0.0.3");
        }
    }

    @Test
    void aNameThatNobodyKnowsIsTold() throws Exception {
        assertThat(dialled("http://gone.test:1")).isEqualTo("host name gone.test cannot be resolved");
        assertThat(dialled("https://gone.test:1")).isEqualTo("host name gone.test cannot be resolved");
    }

    @Test
    void aDialThatIsGivenUpWhileItsNameIsLookedUpSaysSo() throws Exception {
        dns.isSilent(true);

        String cause = loops.next()
                .submit(() -> {
                    Dial dial = dialer.dial(
                            loops.next(),
                            URI.create("http://geth.test:1"),
                            null,
                            false,
                            new Caller(new CompletableFuture<>()));
                    dial.giveUp();
                    return dial.unfinished(Duration.ofSeconds(2));
                })
                .get(20, TimeUnit.SECONDS);

        assertThat(cause).isEqualTo("host name geth.test cannot be resolved: no DNS server answered within 2 s");
        assertThat(NetworkErrors.reason(cause, NoAnswerReason.BROKEN)).isEqualTo(NoAnswerReason.UNKNOWN_HOST);
    }

    @Test
    void aNameThatLeadsToALinkLocalAddressIsRefused() throws Exception {
        dns.knows("metadata.test", 60, "169.254.169.254");

        assertThat(dialled("http://metadata.test:1")).contains("link-local");
        assertThat(dialled("http://metadata.test:1")).contains("link-local");
    }

    private static ServerSocket listening(String address, int port) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
        return socket;
    }

    /// @return the address that was reached, or why none was
    private String dialled(String url) throws Exception {
        var told = new CompletableFuture<String>();
        var loop = loops.next();
        loop.execute(() -> dialer.dial(loop, URI.create(url), null, false, new Caller(told)));
        return told.get(60, TimeUnit.SECONDS);
    }

    private record Caller(CompletableFuture<String> told) implements Dial.Caller {
        @Override
        public void connected(Channel channel) {
            told.complete(
                    ((InetSocketAddress) channel.remoteAddress()).getAddress().getHostAddress());
            channel.close();
        }

        @Override
        public void failed(String cause) {
            told.complete(cause);
        }
    }
}
