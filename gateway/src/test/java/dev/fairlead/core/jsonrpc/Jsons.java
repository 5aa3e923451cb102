package dev.fairlead.core.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.support.Generator;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
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

    static String value(Generator any) {
        return value(any, 3);
    }

    private static String value(Generator any, int depth) {
        if (depth == 0) return scalar(any);
        return any.made(() -> scalar(any), () -> array(any, depth - 1), () -> object(any, depth - 1));
    }

    private static String scalar(Generator any) {
        return any.made(() -> any.oneOf("true", "false", "null"), () -> number(any), () -> string(any));
    }

    static String number(Generator any) {
        return any.made(
                () -> any.oneOf("0", "-0", "1.0", "1e400", "-1E-7", "9007199254740993", "0.1e+10"),
                () -> String.valueOf(any.anyLong()),
                () -> String.valueOf(new BigInteger(any.bytes(1, 40))));
    }

    static String string(Generator any) {
        return '"' + String.join("", any.list(0, 4, () -> piece(any))) + '"';
    }

    static String array(Generator any, int depth) {
        return spaced(any, "[", any.list(0, 4, () -> value(any, depth)), "]");
    }

    static String object(Generator any, int depth) {
        return spaced(
                any, "{", any.list(0, 4, () -> string(any) + space(any) + ":" + space(any) + value(any, depth)), "}");
    }

    static String space(Generator any) {
        return any.between(1, 5) > 1 ? "" : any.oneOf(" ", "\n", "\t\r", "  \r\n ");
    }

    /// Jackson refuses lone surrogates in keys, where RFC 8259 allows any escape; so it gets to see spaces instead.
    static String forJackson(String json) {
        return json.replaceAll("\\\\u[dD][89a-fA-F]\\p{XDigit}{2}", "\\\\u0020");
    }

    /// The bytes of `text`, mostly with one small damage anywhere.
    static byte[] damaged(Generator any, String text) {
        return damage(text.getBytes(UTF_8), any.between(0, 4), any.random().nextInt(), any.anyByte());
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

    private static String spaced(Generator any, String open, List<String> all, String close) {
        String space = space(any);
        return all.stream()
                .map(one -> space + one + space)
                .collect(Collectors.joining(",", open + (all.isEmpty() ? space : ""), close));
    }

    private static String piece(Generator any) {
        return any.made(
                () -> any.text(Generator.LETTERS + Generator.DIGITS, 0, 12),
                () -> any.oneOf("\\\"", "\\\\", "\\/", "\\n", "\\u0000", "\\u00e9", "\\ud834\\uDD1E", "\\udead"),
                () -> any.oneOf("é", "€", "😀", "\u007f", "\u2028", "\ufeff", "/", "{", "]", ":", ","));
    }
}
