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
import java.util.List;
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

    /// As Go does it, too: members of gzip are one body, and nothing else may stand behind an end.
    @Test
    void membersAreOneBodyAndNothingElseStandsBehindIt() throws IOException {
        var gzip = new ByteArrayOutputStream();
        write(new GZIPOutputStream(gzip));
        byte[] one = gzip.toByteArray();
        var zlib = new ByteArrayOutputStream();
        write(new DeflaterOutputStream(zlib));
        byte[] twice = new String(TEXT, StandardCharsets.UTF_8).repeat(2).getBytes(StandardCharsets.UTF_8);

        assertThat(inflated("gzip", joined(one, one), 2 * TEXT.length)).isEqualTo(twice);
        assertThat(inflated("x-gzip", joined(one, one), 2 * TEXT.length)).isEqualTo(twice);
        for (byte[] behind : List.of(new byte[1], new byte[30], TEXT, Arrays.copyOf(one, 5), Arrays.copyOf(one, 40))) {
            assertThat(broken("gzip", joined(one, behind))).isTrue();
            assertThat(broken("deflate", joined(zlib.toByteArray(), behind))).isTrue();
        }
        for (int length = 0; length < one.length; length++) {
            assertThat(broken("gzip", Arrays.copyOf(one, length))).isTrue();
        }
        for (int at : new int[] {0, 1, 2, 15, one.length - 8, one.length - 1}) {
            byte[] damaged = one.clone();
            damaged[at] ^= 0x55;
            assertThat(broken("gzip", damaged)).as("byte " + at).isTrue();
        }
    }

    /// Extra field, name, comment and checksum, as RFC 1952 has them.
    @Test
    void headersOfGzipMayHaveEveryPart() throws IOException {
        var gzip = new ByteArrayOutputStream();
        write(new GZIPOutputStream(gzip));
        byte[] one = gzip.toByteArray();
        byte[] start = {0x1f, (byte) 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 0, 3, 0, 'e', 'x', 't', 'n', 0, 'c', 'c', 0};
        var sum = new java.util.zip.CRC32();
        sum.update(start);
        byte[] head = joined(start, new byte[] {(byte) sum.getValue(), (byte) (sum.getValue() >> 8)});
        byte[] rest = Arrays.copyOfRange(one, 10, one.length);

        assertThat(inflated("gzip", joined(head, rest), TEXT.length)).isEqualTo(TEXT);
        head[head.length - 1] ^= 1;
        assertThat(broken("gzip", joined(head, rest))).isTrue();
    }

    private static boolean broken(String coding, byte[] bytes) {
        return InflatedBody.of(coding, bytes, bytes.length, 100_000, lease()) instanceof Broken;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
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
