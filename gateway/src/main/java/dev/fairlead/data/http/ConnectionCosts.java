package dev.fairlead.data.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Iterator;
import java.util.Map;

/// Bytes of heap that connections and requests take, whatever they carry: measured and rounded up.
/// `docs/operations.md` has the figures.
public final class ConnectionCosts {
    /// An open connection, with what its last request left behind.
    public static final int CONNECTION = 4 * 1024;
    /// What encryption adds to it.
    public static final int TLS = 8 * 1024;
    /// What HTTP/2 adds to it.
    public static final int HTTP2 = 4 * 1024;
    /// A stream of HTTP/2 beside its request.
    public static final int STREAM = 2 * 1024;
    /// A request with one call, until its answer is written.
    public static final int REQUEST = 2 * 1024;
    /// A small write that waits for its client.
    public static final int WRITE = 512;
    private static final int HEADER = 128;

    private ConnectionCosts() {}

    /// The cost of a head that its decoder keeps until the body has come.
    public static long of(HttpHeaders head) {
        long size = 0;
        Iterator<Map.Entry<CharSequence, CharSequence>> headers = head.iteratorCharSequence();
        while (headers.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = headers.next();
            size += HEADER + header.getKey().length() + header.getValue().length();
        }
        return size;
    }
}
