package dev.fairlead.fakenode;

import dev.fairlead.fakenode.Behaviour.Chunked;
import dev.fairlead.fakenode.Behaviour.ConnectionClose;
import dev.fairlead.fakenode.Behaviour.CutBody;
import dev.fairlead.fakenode.Behaviour.Delay;
import dev.fairlead.fakenode.Behaviour.Delivery;
import dev.fairlead.fakenode.Behaviour.GzipReply;
import dev.fairlead.fakenode.Behaviour.Hang;
import dev.fairlead.fakenode.Behaviour.HangAfterActing;
import dev.fairlead.fakenode.Behaviour.NotJson;
import dev.fairlead.fakenode.Behaviour.RateLimitedHttp;
import dev.fairlead.fakenode.Behaviour.Reset;
import dev.fairlead.fakenode.Behaviour.ResetAfterActing;
import dev.fairlead.fakenode.Behaviour.SlowBody;
import dev.fairlead.fakenode.Behaviour.Status;
import dev.fairlead.fakenode.Behaviour.UnderStatus;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// An answer packed for HTTP: what is sent, how fast, and what becomes of the connection.
final class Parcel {
    enum Fate {
        ANSWERED,
        CLOSED_AFTER,
        RESET,
        HUNG
    }

    /// How the body is cut into pieces.
    sealed interface Pace {
        record Whole() implements Pace {}

        record Trickle(int bytes, Duration tick) implements Pace {}

        record Chunks(List<Integer> sizes) implements Pace {}

        record Cut(int after) implements Pace {}
    }

    int status = 200;
    final HttpHeaders headers = new DefaultHttpHeaders().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    byte[] head;
    long filler;
    byte[] tail;
    Duration delay = Duration.ZERO;
    Pace pace = new Pace.Whole();
    Fate fate = Fate.ANSWERED;

    private Parcel(byte[] head, long filler, byte[] tail) {
        this.head = head;
        this.filler = filler;
        this.tail = tail;
    }

    static Parcel of(Reply reply, List<Delivery> deliveries) {
        var parcel = new Parcel(utf8(reply.before()), reply.filler(), utf8(reply.after()));
        deliveries.forEach(parcel::apply);
        return parcel;
    }

    long length() {
        return head.length + filler + tail.length;
    }

    private void apply(Delivery delivery) {
        switch (delivery) {
            case Hang _, HangAfterActing _ -> fate = Fate.HUNG;
            case Reset _, ResetAfterActing _ -> fate = Fate.RESET;
            case ConnectionClose _ -> fate = Fate.CLOSED_AFTER;
            case Delay(var by) -> delay = by;
            case SlowBody(var bytes, var tick) -> pace = new Pace.Trickle(bytes, tick);
            case CutBody(var after) -> {
                pace = new Pace.Cut(after);
                fate = Fate.CLOSED_AFTER;
            }
            case Chunked(var sizes) -> pace = new Pace.Chunks(sizes);
            case NotJson(var text, var contentType) -> {
                replaceBody(text);
                headers.set(HttpHeaderNames.CONTENT_TYPE, contentType);
            }
            case Status(var code, var body, var given) -> {
                status = code;
                replaceBody(body);
                headers.set(HttpHeaderNames.CONTENT_TYPE, "text/plain");
                given.forEach(headers::set);
            }
            case UnderStatus(var code) -> status = code;
            case RateLimitedHttp(var retryAfter) -> {
                status = 429;
                replaceBody("Too Many Requests");
                headers.set(HttpHeaderNames.CONTENT_TYPE, "text/plain");
                headers.set(HttpHeaderNames.RETRY_AFTER, retryAfter.toSeconds());
            }
            case GzipReply _ -> compress();
        }
    }

    private void replaceBody(String text) {
        head = utf8(text);
        filler = 0;
        tail = utf8("");
    }

    private void compress() {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(head);
            byte[] block = utf8("x".repeat(64 * 1024));
            for (long left = filler; left > 0; left -= block.length) {
                gzip.write(block, 0, (int) Math.min(left, block.length));
            }
            gzip.write(tail);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        head = packed.toByteArray();
        filler = 0;
        tail = utf8("");
        headers.set(HttpHeaderNames.CONTENT_ENCODING, "gzip");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
