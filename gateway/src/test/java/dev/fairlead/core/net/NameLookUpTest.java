package dev.fairlead.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameLookUpTest {
    @TempDir
    Path directory;

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, Transport.best().handlers());
    private final ExecutorService blocking = Executors.newFixedThreadPool(2);
    private final List<String> system = new CopyOnWriteArrayList<>();
    private DnsServer dns;
    private Path hosts;
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

    @BeforeEach
    void open() throws IOException {
        dns = new DnsServer();
        hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.9 written written-too # of a test\n");
    }

    @AfterEach
    void close() {
        dns.close();
        blocking.shutdownNow();
        Transport.end(loops);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aNameIsWhatItsServerSays(Transport transport) throws Exception {
        if (!transport.isAvailable()) return; // a kernel without it serves without it
        dns.knows("geth.test", 30, "127.0.0.2", "127.0.0.3");
        EventLoopGroup ofTransport = new MultiThreadIoEventLoopGroup(1, transport.handlers());
        try {
            var lookUp = new NameLookUp(
                    new NameSources(hosts, dns.resolverFile(directory), this::bySystem), transport, blocking, now::get);

            assertThat(lookUp.lookUp("geth.test", ofTransport.next()).get(20, TimeUnit.SECONDS))
                    .extracting(InetAddress::getHostAddress)
                    .containsExactly("127.0.0.2", "127.0.0.3");
        } finally {
            Transport.end(ofTransport);
        }
    }

    @Test
    void aNameThatChangesItsAddressIsFollowedWhenItsTimeIsOver() throws Exception {
        NameLookUp lookUp = usual();
        dns.knows("geth.test", 1, "127.0.0.2");
        assertThat(found(lookUp, "geth.test")).containsExactly("127.0.0.2");

        dns.knows("geth.test", 1, "127.0.0.3");
        pass(Duration.ofMillis(999));
        assertThat(found(lookUp, "geth.test")).containsExactly("127.0.0.2");
        assertThat(lookUp.atOnce("geth.test")).isNotNull();
        pass(Duration.ofMillis(1));

        assertThat(lookUp.atOnce("geth.test")).isNull();
        assertThat(found(lookUp, "geth.test")).containsExactly("127.0.0.3");
        assertThat(dns.asked("geth.test")).isEqualTo(2);
    }

    @Test
    void theShortestTimeOfAliasAndAddressCounts() throws Exception {
        NameLookUp lookUp = usual();
        dns.alias("rpc.test", 3, "geth.test");
        dns.knows("geth.test", 40, "127.0.0.2");
        assertThat(found(lookUp, "rpc.test")).containsExactly("127.0.0.2");

        pass(Duration.ofMillis(2_999));
        assertThat(lookUp.atOnce("rpc.test")).isNotNull();
        pass(Duration.ofMillis(1));
        assertThat(lookUp.atOnce("rpc.test")).isNull();
    }

    @Test
    void noAnswerIsKeptForLongerThanAMinuteNorForLessThanASecond() throws Exception {
        NameLookUp lookUp = usual();
        dns.knows("forever.test", 86_400, "127.0.0.2");
        dns.knows("never.test", 0, "127.0.0.3");
        found(lookUp, "forever.test");
        found(lookUp, "never.test");

        pass(Duration.ofMillis(999));
        assertThat(lookUp.atOnce("never.test")).isNotNull();
        pass(Duration.ofMillis(1));
        assertThat(lookUp.atOnce("never.test")).isNull();
        pass(Duration.ofSeconds(58));
        assertThat(lookUp.atOnce("forever.test")).isNotNull();
        pass(Duration.ofSeconds(1));
        assertThat(lookUp.atOnce("forever.test")).isNull();
    }

    @Test
    void whatIsOfNoUseIsForgotten() throws Exception {
        NameLookUp lookUp = usual();
        dns.knows("geth.test", 60, "127.0.0.2");
        found(lookUp, "geth.test");

        lookUp.forget("geth.test");

        assertThat(lookUp.atOnce("geth.test")).isNull();
    }

    @Test
    void aResolverThatDoesNotAnswerIsToldAsThatAndNothingElseIsAsked() throws Exception {
        NameLookUp lookUp = lookUp(dns.resolverFile(directory, "options timeout:1"));
        dns.isSilent(true);

        assertThatThrownBy(() -> found(lookUp, "geth.test"))
                .cause()
                .isInstanceOf(DnsSilence.class)
                .hasMessage("no DNS server answered (127.0.0.1:" + dns.port() + ", from /etc/resolv.conf)");
        assertThat(NetworkErrors.connecting(new HostPort("geth.test", 8545, false), new DnsSilence("127.0.0.1:53")))
                .isEqualTo("host name geth.test cannot be resolved: no DNS server answered (127.0.0.1:53, from"
                        + " /etc/resolv.conf)");
        assertThat(system).isEmpty();
    }

    @Test
    void aResolverThatIsNotThereIsToldToo() throws Exception {
        NameLookUp lookUp = lookUp(dns.resolverFile(directory, "options timeout:1"));
        dns.close();

        assertThatThrownBy(() -> found(lookUp, "geth.test")).cause().isInstanceOf(UnknownHostException.class);
    }

    @Test
    void aResolverThatComesBackIsHeard() throws Exception {
        NameLookUp lookUp = lookUp(dns.resolverFile(directory, "options timeout:1"));
        dns.knows("geth.test", 60, "127.0.0.2");
        dns.isSilent(true);
        assertThatThrownBy(() -> found(lookUp, "geth.test")).cause().isInstanceOf(DnsSilence.class);

        dns.isSilent(false);

        assertThat(found(lookUp, "geth.test")).containsExactly("127.0.0.2");
    }

    @Test
    void aNameThatDnsDoesNotKnowIsAskedOfTheSystem() throws Exception {
        NameLookUp lookUp = usual();

        assertThat(found(lookUp, "printer.system")).containsExactly("127.0.0.8");
        assertThatThrownBy(() -> found(lookUp, "gone.test")).cause().isInstanceOf(UnknownHostException.class);
        assertThat(system).containsExactly("printer.system", "gone.test");
    }

    @Test
    void searchDomainsAreTriedForShortNames() throws Exception {
        NameLookUp lookUp = lookUp(dns.resolverFile(directory, "search nodes.test.", "options ndots:2"));
        dns.knows("geth.nodes.test", 1, "127.0.0.2");

        assertThat(found(lookUp, "geth")).containsExactly("127.0.0.2");
        pass(Duration.ofSeconds(1));
        assertThat(lookUp.atOnce("geth")).isNull();
    }

    @Test
    void theTableOfHostsComesFirstAndIsReadAgainWhenItChanged() throws Exception {
        NameLookUp lookUp = usual();
        dns.knows("written", 60, "127.0.0.2");
        assertThat(found(lookUp, "written")).containsExactly("127.0.0.9");
        assertThat(found(lookUp, "WRITTEN-TOO")).containsExactly("127.0.0.9");

        Files.writeString(hosts, "127.0.0.10 written\n::1 written\n");
        Files.setLastModifiedTime(hosts, FileTime.fromMillis(1));

        assertThat(found(lookUp, "written")).containsExactly("127.0.0.10", "0:0:0:0:0:0:0:1");
        assertThat(dns.asked).isEmpty();
        assertThat(system).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nameserver 127.0.0.1\nsearch test\n", "nameserver\n"})
    void whereNoServerIsNamedTheSystemIsAsked(String resolver) throws Exception {
        Path file = Files.writeString(directory.resolve("other.conf"), resolver);

        assertThat(found(lookUp(file), "printer.system")).containsExactly("127.0.0.8");
        assertThat(system).containsExactly("printer.system");
    }

    @Test
    void withoutAnyFilesTheSystemIsAskedAndHeardForAFewSeconds() throws Exception {
        NameLookUp lookUp =
                new NameLookUp(new NameSources(null, null, this::bySystem), Transport.best(), blocking, now::get);
        NameLookUp missing = lookUp(directory.resolve("no-such-file"));

        assertThat(found(lookUp, "printer.system")).containsExactly("127.0.0.8");
        assertThat(found(missing, "printer.system")).containsExactly("127.0.0.8");
        found(lookUp, "printer.system");
        assertThat(system).hasSize(2);
        pass(Duration.ofSeconds(5));
        found(lookUp, "printer.system");
        assertThat(system).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost", "localhost.", "geth.localhost"})
    void localhostNeedsNobody(String host) throws Exception {
        NameLookUp lookUp = lookUp(dns.resolverFile(directory));
        dns.isSilent(true);

        assertThat(found(lookUp, host)).containsExactly("127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(dns.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void literalsNeedNobody(String host) {
        assertThat(new NameLookUp(new NameSources(null, null, this::bySystem), Transport.NIO, blocking, now::get)
                        .atOnce(host))
                .hasSize(1);
        assertThat(system).isEmpty();
    }

    @Test
    void manyThatAskForOneNameAtOnceAskOnce() throws Exception {
        NameLookUp lookUp = lookUp(dns.resolverFile(directory, "options timeout:10"));
        dns.isSilent(true);
        var asking = new ArrayList<CompletableFuture<List<InetAddress>>>();
        for (int i = 0; i < 50; i++) asking.add(lookUp.lookUp("geth.test", loops.next()));

        assertThat(asking).allMatch(asked -> !asked.isDone());
        assertThat(asking.stream().distinct()).hasSize(1);
    }

    @Test
    void onlySoManyNamesAreLookedUpAtOnce() throws Exception {
        NameLookUp lookUp = new NameLookUp(
                new NameSources(null, dns.resolverFile(directory), this::bySystem), Transport.NIO, blocking, now::get);
        EventLoopGroup stopped = new MultiThreadIoEventLoopGroup(1, Transport.NIO.handlers());
        try {
            var held = new CompletableFuture<Void>();
            stopped.next().execute(held::join);
            CompletableFuture<List<InetAddress>> last = CompletableFuture.completedFuture(List.of());
            for (int i = 0; i <= 1024; i++) last = lookUp.lookUp("n" + i + ".test", stopped.next());

            assertThat(last).isCompletedExceptionally();
            assertThatThrownBy(last::get).cause().isInstanceOf(RejectedExecutionException.class);
            stopped.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            held.complete(null);
        } finally {
            stopped.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private NameLookUp usual() throws IOException {
        return lookUp(dns.resolverFile(directory));
    }

    private NameLookUp lookUp(Path resolver) {
        return new NameLookUp(new NameSources(hosts, resolver, this::bySystem), Transport.best(), blocking, now::get);
    }

    private List<InetAddress> bySystem(String host) throws UnknownHostException {
        system.add(host);
        if (host.endsWith(".system")) return List.of(InetAddress.ofLiteral("127.0.0.8"));
        throw new UnknownHostException(host);
    }

    private List<String> found(NameLookUp lookUp, String host) throws Exception {
        try {
            return lookUp.lookUp(host, loops.next()).get(60, TimeUnit.SECONDS).stream()
                    .map(InetAddress::getHostAddress)
                    .toList();
        } catch (ExecutionException failure) {
            throw new IOException("not found", failure.getCause());
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
