package dev.fairlead.core.reply;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.ReplyShape.Kind;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.reply.ParsedReply.Nonsense;
import dev.fairlead.core.reply.ParsedReply.Spoken;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A reply means the same however long it is, as long as it is held.
class ParsedReplyTest {
    private static final WireId ID = WireId.of(1_000_000_007, Slice.of("7"));
    private static final int[] PADDINGS = {1, 3, 100, 4000, 4096, 5000, 70_000, 250_000};
    private static final List<String> BITS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\u12",
            "\\x",
            "0",
            "1",
            "-",
            ".5",
            "e9",
            "null",
            "tru",
            "\"id\":8",
            "\"id\":1000000007",
            "\"result\":1",
            "\"error\":null",
            "\u0001",
            "\u007f",
            "\u00c3",
            "\u00c3\u00a9",
            "\u00ff",
            " ",
            "\n");

    /// `$` is padding that no reader looks into.
    private static final List<String> SHAPES = List.of(
            "{'jsonrpc':'2.0','id':1000000007,'result':'$'}",
            "{'jsonrpc':'2.0','id':1000000007,'result':['$'}",
            "{'jsonrpc':'2.0','id':1000000007,'result':['$']]}",
            "{'jsonrpc':'2.0','id':1000000007,'result':{'a':'$'}",
            "{'jsonrpc':'2.0','id':1000000007,'result':'$",
            "{'jsonrpc':'2.0','id':1000000007,'result':'$'} x",
            "{'jsonrpc':'2.0','id':1000000007,'result':['$',01]}",
            "{'jsonrpc':'2.0','id':1000000007,'result':['$',]}",
            "{'jsonrpc':'2.0','id':1000000007,'result':['$' 1]}",
            "{'jsonrpc':'2.0','id':1000000007,'result':['$',nul]}",
            "{'jsonrpc':'2.0','id':1000000007,'result':'$\u0001'}",
            "{'jsonrpc':'2.0','id':1000000007,'result':'$\\q'}",
            "{'jsonrpc':'2.0','id':1000000007,'result':'\u00ff$'}",
            "{'jsonrpc':'2.0','id':1000000007,'result':'$\u00c3\u00a9'}",
            "{'jsonrpc':'2.0','id':1000000007,'result':'$\u00ed\u00a0\u0080'}",
            "{'jsonrpc':'2.0','id':1000000007,'result':'$','result':1}",
            "{'jsonrpc':'2.0','id':1000000007,'result':'$','id':1000000007}",
            "{'jsonrpc':'2.0','id':1000000007,'error':{'code':3,'message':'$'},'error':null}",
            "{'jsonrpc':'2.0','id':1000000007,'error':{'code':3,'message':'$'}",
            "{'jsonrpc':'2.0','result':'$','id':1000000007}",
            "{'jsonrpc':'2.0','result':'$','id':1000000008}",
            "{'jsonrpc':'2.0','result':'$','id':null}",
            "{'jsonrpc':'2.0','result':'$'}",
            "{'jsonrpc':'2.0','result':{'x':'$','id':1000000007}}",
            "{'jsonrpc':'2.0','id':1000000007,'result':{'x':'$'},'error':null}",
            "{'id':1000000007,'result':'$'}",
            "{'data':'$'}",
            "['$']");

    static List<String> shapes() {
        List<String> shapes = new ArrayList<>();
        for (String shape : SHAPES) shapes.add(shape.replace('\'', '"'));
        var random = new Random(11);
        for (int i = 0; i < 600; i++) {
            String shape = shapes.get(random.nextInt(SHAPES.size()));
            int at = random.nextInt(shape.length());
            int end = Math.min(shape.length(), at + random.nextInt(3));
            String bit = BITS.get(random.nextInt(BITS.size()));
            if (!shape.substring(at, end).contains("$"))
                shapes.add(shape.substring(0, at) + bit + shape.substring(end));
        }
        return shapes;
    }

    @ParameterizedTest(name = "shape {index}")
    @MethodSource("shapes")
    void theLengthOfAReplyDoesNotChangeWhatItMeans(String shape) {
        List<String> verdicts = new ArrayList<>();
        for (int padding : PADDINGS) verdicts.add(verdict(shape, padding));

        assertThat(verdicts).containsOnly(verdicts.getFirst());
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 600, 1024, 2048, 4900})
    void callTracesMayBeAsDeepAsTheEvmAllows(int depth) {
        String value = "{\"calls\":[".repeat(depth) + "]}".repeat(depth);

        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":1000000007,\"result\":" + value + "}"))
                .isInstanceOf(Spoken.class);
    }

    @Test
    void anArrayThatIsNeverClosedIsNoReply() {
        String reply = "{\"jsonrpc\":\"2.0\",\"id\":1000000007,\"result\":[\"" + "0".repeat(4098) + "\"}";

        assertThat(read(reply)).isEqualTo(new Nonsense("reply is broken JSON"));
    }

    private static String verdict(String shape, int padding) {
        int at = shape.indexOf('$');
        int grown = at < 0 ? 0 : padding - 1;
        IntUnaryOperator unpadded = place -> at >= 0 && place > at ? place - grown : place;
        return switch (read(shape.replace("$", "p".repeat(padding)))) {
            case Spoken(Kind kind, int from, int to, boolean asItIs, int idFrom, int idTo) ->
                kind + " "
                        + IntStream.of(from, to, idFrom, idTo)
                                .map(unpadded)
                                .boxed()
                                .toList() + " " + asItIs;
            case Nonsense(var why, var foreign) -> why + " " + foreign;
        };
    }

    private static ParsedReply read(String reply) {
        byte[] bytes = reply.getBytes(ISO_8859_1);
        return ParsedReply.whole(Unpooled.wrappedBuffer(bytes), ID, new byte[bytes.length]);
    }
}
