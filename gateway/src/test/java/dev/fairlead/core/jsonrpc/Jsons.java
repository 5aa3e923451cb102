package dev.fairlead.core.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Random JSON with everything that the grammar allows and re-encoding would lose.
final class Jsons {
    private static final JsonFactory JACKSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonScan.DEEPEST)
                    .build())
            .build();

    private Jsons() {}

    /// Whether these bytes are legal JSON to Jackson, behind a strict decoder: by itself it lets some overlong UTF-8
    /// pass.
    static boolean jacksonAccepts(byte[] json) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
            try (var parser = JACKSON.createParser(ObjectReadContext.empty(), forJackson(text))) {
                if (parser.nextToken() == null) return false;
                parser.skipChildren();
                parser.finishToken();
                return parser.nextToken() == null;
            }
        } catch (CharacterCodingException | JacksonException _) {
            return false;
        }
    }

    static Arbitrary<String> values() {
        return values(3);
    }

    private static Arbitrary<String> values(int depth) {
        if (depth == 0) return scalars();
        return Arbitraries.oneOf(scalars(), arrays(depth - 1), objects(depth - 1));
    }

    static Arbitrary<String> scalars() {
        return Arbitraries.oneOf(Arbitraries.of("true", "false", "null"), numbers(), strings());
    }

    static Arbitrary<String> numbers() {
        return Arbitraries.oneOf(
                Arbitraries.of("0", "-0", "1.0", "1e400", "-1E-7", "9007199254740993", "0.1e+10"),
                Arbitraries.longs().map(String::valueOf),
                Arbitraries.bigIntegers().map(String::valueOf));
    }

    static Arbitrary<String> strings() {
        return pieces().map(text -> '"' + text + '"');
    }

    static Arbitrary<String> arrays(int depth) {
        return values(depth).list().ofMaxSize(4).flatMap(all -> spaced("[", all, "]"));
    }

    static Arbitrary<String> objects(int depth) {
        var member = Combinators.combine(strings(), spaces(), spaces(), values(depth))
                .as((key, before, after, value) -> key + before + ":" + after + value);
        return member.list().ofMaxSize(4).flatMap(all -> spaced("{", all, "}"));
    }

    static Arbitrary<String> spaces() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just("")), Tuple.of(1, Arbitraries.of(" ", "\n", "\t\r", "  \r\n ")));
    }

    /// Jackson refuses lone surrogates in keys, where RFC 8259 allows any escape; so it gets to see spaces instead.
    static String forJackson(String json) {
        return json.replaceAll("\\\\u[dD][89a-fA-F]\\p{XDigit}{2}", "\\\\u0020");
    }

    /// The bytes of `texts`, some of them with one small damage anywhere.
    static Arbitrary<byte[]> damaged(Arbitrary<String> texts) {
        return Combinators.combine(
                        texts, Arbitraries.integers().between(0, 4), Arbitraries.integers(), Arbitraries.bytes())
                .as((text, kind, place, value) -> damage(text.getBytes(UTF_8), kind, place, value));
    }

    private static byte[] damage(byte[] json, int kind, int place, byte value) {
        if (json.length == 0) return json;
        int at = Math.floorMod(place, json.length);
        byte[] rest = Arrays.copyOfRange(json, at, json.length);
        return switch (kind) {
            case 0 -> json;
            case 1 -> Arrays.copyOf(json, at);
            case 2 -> joined(Arrays.copyOf(json, at), Arrays.copyOfRange(rest, 1, rest.length));
            case 3 -> joined(joined(Arrays.copyOf(json, at), new byte[] {value}), rest);
            default -> {
                json[at] = value;
                yield json;
            }
        };
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static Arbitrary<String> spaced(String open, List<String> all, String close) {
        return spaces().map(space -> all.stream()
                .map(one -> space + one + space)
                .collect(Collectors.joining(",", open + (all.isEmpty() ? space : ""), close)));
    }

    private static Arbitrary<String> pieces() {
        var piece = Arbitraries.oneOf(
                Arbitraries.strings().alpha().numeric().ofMaxLength(12),
                Arbitraries.of("\\\"", "\\\\", "\\/", "\\n", "\\u0000", "\\u00e9", "\\ud834\\uDD1E", "\\udead"),
                Arbitraries.of("é", "€", "😀", "\u007f", "\u2028", "\ufeff", "/", "{", "]", ":", ","));
        return piece.list().ofMaxSize(4).map(all -> String.join("", all));
    }
}
