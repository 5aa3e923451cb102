package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.memory.Budgets;
import dev.fairlead.core.memory.Lease;
import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.data.http.GzipEncoder;
import dev.fairlead.data.http.InflatedBody;
import dev.fairlead.data.http.InflatedBody.Broken;
import dev.fairlead.data.http.InflatedBody.TooLarge;
import dev.fairlead.data.http.InflatedBody.Whole;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class CompressionTest {
    private static final byte[] TEXT = "{\"a\":\"some text\"}".repeat(100).getBytes(StandardCharsets.UTF_8);

    @Test
    void everyCustomaryFormIsInflated() throws IOException {
        var gzip = new ByteArrayOutputStream();
        write(new GZIPOutputStream(gzip));
        var zlib = new ByteArrayOutputStream();
        write(new DeflaterOutputStream(zlib));
        var bare = new ByteArrayOutputStream();
        write(new DeflaterOutputStream(bare, new Deflater(6, true)));

        assertThat(inflated("gzip", gzip.toByteArray(), TEXT.length)).isEqualTo(TEXT);
        assertThat(inflated("deflate", zlib.toByteArray(), TEXT.length)).isEqualTo(TEXT);
        assertThat(inflated("deflate", bare.toByteArray(), TEXT.length)).isEqualTo(TEXT);
    }

    @Test
    void theLimitHoldsForWhatComesOut() throws IOException {
        var gzip = new ByteArrayOutputStream();
        write(new GZIPOutputStream(gzip));

        assertThat(InflatedBody.of("gzip", gzip.toByteArray(), gzip.size(), TEXT.length - 1, lease()))
                .isInstanceOf(TooLarge.class);
    }

    @Test
    void damagedBytesAreToldAndNotThrown() throws IOException {
        var gzip = new ByteArrayOutputStream();
        write(new GZIPOutputStream(gzip));

        assertThat(InflatedBody.of("gzip", gzip.toByteArray(), gzip.size() / 2, 100_000, lease()))
                .isInstanceOf(Broken.class);
        assertThat(InflatedBody.of("gzip", TEXT, TEXT.length, 100_000, lease())).isInstanceOf(Broken.class);
        assertThat(InflatedBody.of("deflate", TEXT, TEXT.length, 100_000, lease()))
                .isInstanceOf(Broken.class);
        assertThat(InflatedBody.of("deflate", TEXT, 0, 100_000, lease())).isInstanceOf(Broken.class);
    }

    @Test
    void partsAreCompressedIntoOneStreamAndTheCompressorServesAgain() throws IOException {
        var gzip = new GzipEncoder();

        for (int round = 0; round < 3; round++) {
            var out = new ByteArrayOutputStream();
            out.writeBytes(part(gzip, TEXT, false));
            out.writeBytes(part(gzip, TEXT, false));
            out.writeBytes(part(gzip, new byte[0], true));
            gzip.reset();

            byte[] back = new GZIPInputStream(new ByteArrayInputStream(out.toByteArray())).readAllBytes();

            assertThat(new String(back, StandardCharsets.UTF_8))
                    .isEqualTo(new String(TEXT, StandardCharsets.UTF_8).repeat(2));
        }
        gzip.close();
    }

    @Test
    void acceptEncodingIsReadWithItsWeights() {
        Map.of(
                        "gzip", true,
                        "gzip, deflate, br", true,
                        "br;q=1.0, gzip;q=0.8", true,
                        "*", true,
                        "gzip;q=0", false,
                        "gzip;q=0.000, br", false,
                        "identity", false,
                        "", false,
                        "GZIP", true)
                .forEach((header, accepted) ->
                        assertThat(GzipEncoder.acceptedBy(header)).as(header).isEqualTo(accepted));
    }

    private static byte[] part(GzipEncoder gzip, byte[] bytes, boolean last) {
        ByteBuf in = UnpooledByteBufAllocator.DEFAULT.directBuffer().writeBytes(bytes);
        ByteBuf out = gzip.part(UnpooledByteBufAllocator.DEFAULT, in, last);
        byte[] compressed = ByteBufUtil.getBytes(out);
        out.release();
        assertThat(in.refCnt()).isZero();
        return compressed;
    }

    private static void write(OutputStream out) throws IOException {
        try (out) {
            out.write(TEXT);
        }
    }

    private static byte[] inflated(String coding, byte[] bytes, int limit) {
        var whole = (Whole) InflatedBody.of(coding, bytes, bytes.length, limit, lease());
        return Arrays.copyOf(whole.bytes(), whole.size());
    }

    private static Lease lease() {
        return new Lease(MemoryShare.of(Budgets.unbounded().heap()));
    }
}
