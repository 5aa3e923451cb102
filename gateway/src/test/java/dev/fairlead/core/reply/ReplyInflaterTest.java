package dev.fairlead.core.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.net.Transport;
import dev.fairlead.core.reply.Outcome.Answered;
import dev.fairlead.core.upstream.Leaks;
import dev.fairlead.core.upstream.RawNode;
import dev.fairlead.core.upstream.Rig;
import dev.fairlead.fakenode.Behaviour.GzipReply;
import dev.fairlead.fakenode.Behaviour.HugeResult;
import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
import dev.fairlead.support.Await;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Leaks.class)
class ReplyInflaterTest {
    private static final int ENVELOPE = "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"\"}".length();

    @ParameterizedTest
    @CsvSource({
        "NIO, 1000000, QUICK",
        "NIO, 1000000, SLOW",
        "NIO, 50000000, SLOW",
        "EPOLL, 50000000, SLOW",
        "EPOLL, 50000000, QUICK",
        "IO_URING, 1000000, SLOW",
        "IO_URING, 50000000, SLOW",
        "IO_URING, 50000000, QUICK"
    })
    void aReplyThatInflatesMuchComesWhole(Transport transport, long size, Pace pace) throws Exception {
        try (var rig = new Rig(transport);
                var chain = FakeNode.start(FakeChain.of(1))) {
            chain.always(new HugeResult(size).and(new GzipReply()));
            for (int i = 0; i < 2; i++) {
                var reader = new Reader(rig, pace);
                rig.attempt(Rig.node(chain.httpUrl().toString()), Rig.request(RawNode.ID), Rig.PATIENCE, reader::begin);

                assertThat(reader.ended.await(60, TimeUnit.SECONDS)).isTrue();
                assertThat(reader.cut).isNull();
                assertThat(reader.taken).hasValue(size + ENVELOPE);
            }
            Await.until(
                    "the connection can be used again", () -> rig.connections().inFlight() == 0);
            assertThat(rig.connections().open()).isEqualTo(1);
        }
    }

    @Test
    void nothingIsInflatedWhileNobodyReads() throws Exception {
        var channel = new EmbeddedChannel(new ReplyInflater());
        channel.config().setAutoRead(false);

        channel.writeInbound(head(), new DefaultLastHttpContent(Unpooled.wrappedBuffer(zeros(50_000_000))));
        assertThat(channel.inboundMessages()).isEmpty();

        channel.config().setAutoRead(true);
        assertThat(channel.<HttpResponse>readInbound().headers().contains(HttpHeaderNames.CONTENT_LENGTH))
                .isFalse();
        assertThat(drained(channel)).isEqualTo(50_000_000);
        channel.finishAndReleaseAll();
    }

    /// One object for each byte would take a hundred times what the bytes take.
    @Test
    void smallPartsThatWaitAreCopiedTogether() throws Exception {
        var channel = new EmbeddedChannel(new ReplyInflater());
        channel.config().setAutoRead(false);
        byte[] body = zeros(2_000_000);
        List<ByteBuf> parts = new ArrayList<>();
        for (byte one : body) parts.add(Unpooled.wrappedBuffer(new byte[] {one}));

        channel.writeInbound(head());
        for (ByteBuf part : parts) channel.writeInbound(new DefaultHttpContent(part));
        channel.writeInbound(new DefaultLastHttpContent());

        assertThat(parts.stream().filter(part -> part.refCnt() > 0)).isEmpty();
        channel.config().setAutoRead(true);
        channel.<HttpResponse>readInbound();
        assertThat(drained(channel)).isEqualTo(2_000_000);
        channel.finishAndReleaseAll();
    }

    @Test
    void whoeverStopsReadingGetsOnePartMoreAtMost() throws Exception {
        var channel = new EmbeddedChannel(new ReplyInflater());
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                if (message instanceof HttpContent) context.channel().config().setAutoRead(false);
                context.fireChannelRead(message);
            }
        });

        channel.writeInbound(head(), new DefaultLastHttpContent(Unpooled.wrappedBuffer(zeros(50_000_000))));

        assertThat(channel.inboundMessages()).hasSize(2);
        long taken = 0;
        boolean over = false;
        while (!over) {
            Object next = channel.readInbound();
            over = next instanceof LastHttpContent;
            if (next instanceof HttpContent part) {
                taken += part.content().readableBytes();
                assertThat(part.content().readableBytes()).isLessThanOrEqualTo(64 * 1024);
                part.release();
            }
            channel.config().setAutoRead(true);
        }
        assertThat(taken).isEqualTo(50_000_000);
        channel.finishAndReleaseAll();
    }

    @Test
    void ofAConnectionThatClosedMeanwhileOnlySomeIsInflated() throws Exception {
        var channel = new EmbeddedChannel(new ReplyInflater());
        channel.config().setAutoRead(false);
        channel.writeInbound(head(), new DefaultLastHttpContent(Unpooled.wrappedBuffer(zeros(50_000_000))));

        channel.finish();

        channel.<HttpResponse>readInbound();
        assertThat(drained(channel)).isBetween(1L, 5_000_000L);
        channel.finishAndReleaseAll();
    }

    @Test
    void whatIsNotGzipIsGarbled() throws Exception {
        try (var rig = new Rig();
                var node = new RawNode(line -> line.reply(200, "{\"no\":\"gzip\"}", "Content-Encoding: gzip"))) {
            assertThat(rig.ask(node.url()).cause()).isEqualTo("reply is not valid HTTP");
        }
    }

    /// Whatever its status: what the node meant to say is not known.
    @ParameterizedTest
    @ValueSource(ints = {200, 429, 503})
    void whatIsCutShortIsGarbled(int status) throws Exception {
        byte[] all = zeros(100_000);
        byte[] cut = Arrays.copyOf(all, all.length - 12);
        String head =
                "HTTP/1.1 " + status + " X\r\nContent-Encoding: gzip\r\nContent-Length: " + cut.length + "\r\n\r\n";

        try (var rig = new Rig();
                var node = new RawNode(line -> {
                    line.send(head.getBytes(StandardCharsets.US_ASCII));
                    line.send(cut);
                })) {
            assertThat(rig.ask(node.url()).outcome()).isInstanceOf(Outcome.Unanswered.class);
        }
    }

    /// However it comes: two members are one body (RFC 1952, 2.2).
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 1000})
    void membersOfGzipAreOneBody(int piece) throws Exception {
        for (int cut = 0; cut <= 40; cut += 10) {
            int at = cut;
            Outcome outcome =
                    asked("gzip", piece, text -> joined(packed(text.substring(0, at)), packed(text.substring(at))));

            assertThat(outcome).as("cut at " + at).isInstanceOf(Answered.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void whatStandsBehindABodyIsNotLost(int piece) throws Exception {
        for (byte[] behind : List.of(packed("{}"), new byte[1], new byte[40], Arrays.copyOf(packed("{}"), 5))) {
            assertThat(asked("gzip", piece, text -> joined(packed(text), behind)))
                    .isInstanceOf(Outcome.Unanswered.class);
            assertThat(asked("deflate", piece, text -> joined(deflated(text), behind)))
                    .isInstanceOf(Outcome.Unanswered.class);
        }
        assertThat(asked("deflate", piece, ReplyInflaterTest::deflated)).isInstanceOf(Answered.class);
        assertThat(asked("deflate", piece, text -> Arrays.copyOf(deflated(text), deflated(text).length - 1)))
                .isInstanceOf(Outcome.Unanswered.class);
    }

    private interface Packing {
        byte[] of(String text) throws IOException;
    }

    /// @param piece how many bytes are sent at once; all for 0
    private static Outcome asked(String coding, int piece, Packing packing) throws Exception {
        try (var rig = new Rig();
                var node = new RawNode(line -> {
                    byte[] body = packing.of(
                            "{\"jsonrpc\":\"2.0\",\"id\":" + line.heard().id() + ",\"result\":\"0x1\"}");
                    line.send("HTTP/1.1 200 OK\r\nContent-Encoding: " + coding + "\r\nContent-Length: " + body.length
                            + "\r\n\r\n");
                    int step = piece == 0 ? body.length : piece;
                    for (int at = 0; at < body.length; at += step) {
                        line.send(Arrays.copyOfRange(body, at, Math.min(body.length, at + step)));
                    }
                })) {
            return rig.ask(node.url()).outcome();
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] packed(String text) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return packed.toByteArray();
    }

    private static byte[] deflated(String text) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var zlib = new DeflaterOutputStream(packed)) {
            zlib.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return packed.toByteArray();
    }

    @Test
    void nothingAtAllIsNoBrokenBody() throws Exception {
        try (var rig = new Rig();
                var node = new RawNode(line -> line.reply(429, "", "Content-Encoding: gzip"))) {
            assertThat(rig.ask(node.url()).cause()).isEqualTo("HTTP 429");
        }
    }

    private static HttpResponse head() {
        var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers().set(HttpHeaderNames.CONTENT_ENCODING, "GZip").set(HttpHeaderNames.CONTENT_LENGTH, 1);
        return head;
    }

    private static byte[] zeros(int size) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[size]);
        }
        return packed.toByteArray();
    }

    private static long drained(EmbeddedChannel channel) {
        long size = 0;
        for (HttpContent part = channel.readInbound(); part != null; part = channel.readInbound()) {
            size += part.content().readableBytes();
            part.release();
        }
        return size;
    }

    enum Pace {
        QUICK,
        /// Pauses after every part, until it is told that no more is at hand.
        SLOW
    }

    /// Takes parts as a client's channel does: what was written leaves at a lull only, and then there is room again.
    private static final class Reader implements Reply.Sink {
        final CountDownLatch ended = new CountDownLatch(1);
        final AtomicLong taken = new AtomicLong();
        volatile @Nullable String cut;
        private final Rig rig;
        private final Pace pace;
        private Reply.@Nullable Rest rest;
        private boolean paused;

        Reader(Rig rig, Pace pace) {
            this.rig = rig;
            this.pace = pace;
        }

        void begin(Outcome outcome) {
            if (!(outcome instanceof Answered(var reply))) {
                cut(outcome.toString());
                return;
            }
            // The attempt's id is as long as the wire's, so that the length is what the node sent.
            rest = Objects.requireNonNull(reply.rest());
            part(reply.body());
            rest.into(this);
        }

        @Override
        public void part(ByteBuf part) {
            taken.addAndGet(part.readableBytes());
            part.release();
            if (pace == Pace.QUICK || paused) return;
            paused = true;
            Objects.requireNonNull(rest).pause();
        }

        @Override
        public void lull() {
            if (!paused) return;
            rig.loop().execute(() -> {
                if (!paused) return;
                paused = false;
                Objects.requireNonNull(rest).resume();
            });
        }

        @Override
        public void end() {
            ended.countDown();
        }

        @Override
        public void cut(String cause) {
            cut = cause;
            ended.countDown();
        }
    }
}
