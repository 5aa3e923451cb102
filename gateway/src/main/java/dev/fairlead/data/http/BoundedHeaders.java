package dev.fairlead.data.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.TooLongHttpHeaderException;

/// The headers of one request, with a bound on their number, because each takes a multiple of its bytes.
public final class BoundedHeaders extends DefaultHttpHeaders {
    /// HAProxy allows 101, Apache 100.
    public static final int MOST = 128;

    public static final HttpHeadersFactory FACTORY = new HttpHeadersFactory() {
        @Override
        public HttpHeaders newHeaders() {
            return new BoundedHeaders();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
            return DefaultHttpHeadersFactory.headersFactory().newEmptyHeaders();
        }
    };

    @Override
    public HttpHeaders add(CharSequence name, Object value) {
        if (size() >= MOST) throw new TooLongHttpHeaderException("more than " + MOST + " headers");
        return super.add(name, value);
    }
}
