package dev.fairlead.core.jsonrpc;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// JSON in the one way of writing that all values get which nodes read alike: without space, members by name,
/// texts without needless escapes, hex digits small.
public final class CanonicalJson {
    /// Deeper than the params of any call.
    static final int DEEPEST = 32;

    private static final int LONGEST_NAME = 256;

    private final ByteArrayOutputStream out;
    private boolean isUnfit;

    private CanonicalJson(int size) {
        out = new ByteArrayOutputStream(size);
    }

    /// @param json legal
    /// @return null for what nodes may read in different ways, names that stand twice above all, and for what is
    /// too deep
    public static @Nullable Slice of(Slice json) {
        var canonical = new CanonicalJson(json.size());
        var reader = new JsonReader(json);
        canonical.value(reader, 0);
        return canonical.isUnfit || reader.isBroken() ? null : Slice.of(canonical.out.toByteArray());
    }

    private void value(JsonReader json, int depth) {
        if (isUnfit) return;
        if (depth > DEEPEST) {
            isUnfit = true;
            return;
        }
        switch (json.first()) {
            case '[' -> array(json, depth);
            case '{' -> object(json, depth);
            case '"' -> text(json.value());
            default -> write(json.value());
        }
    }

    private void array(JsonReader json, int depth) {
        out.write('[');
        if (json.enter()) {
            value(json, depth + 1);
            while (!isUnfit && json.goesOn(']')) {
                out.write(',');
                value(json, depth + 1);
            }
        }
        out.write(']');
    }

    private void object(JsonReader json, int depth) {
        // Go takes TO for to
        var members = new TreeMap<String, Slice>(String.CASE_INSENSITIVE_ORDER);
        if (json.enter()) {
            do {
                String name = json.name(LONGEST_NAME);
                if (name.isEmpty() || members.put(name, json.value()) != null) isUnfit = true;
            } while (!isUnfit && json.goesOn('}'));
        }
        out.write('{');
        boolean isFirst = true;
        for (Map.Entry<String, Slice> member : members.entrySet()) {
            if (!isFirst) out.write(',');
            isFirst = false;
            out.writeBytes(JsonText.encode(member.getKey()));
            out.write(':');
            value(new JsonReader(member.getValue()), depth + 1);
        }
        out.write('}');
    }

    private void text(Slice json) {
        Slice plain = hasEscapes(json) ? Slice.of(JsonText.encode(JsonText.decode(json))) : json;
        if (!isHex(plain)) {
            write(plain);
            return;
        }
        for (int i = 0; i < plain.size(); i++) out.write(small(plain.at(i)));
    }

    private static boolean hasEscapes(Slice json) {
        for (int i = 0; i < json.size(); i++) {
            if (json.at(i) == '\\') return true;
        }
        return false;
    }

    private void write(Slice scalar) {
        out.write(scalar.array(), scalar.from(), scalar.size());
    }

    private static boolean isHex(Slice json) {
        if (json.size() < 4 || json.at(1) != '0' || json.at(2) != 'x') return false;
        for (int i = 3; i < json.size() - 1; i++) {
            if (!JsonScan.isHex(json.at(i))) return false;
        }
        return true;
    }

    private static byte small(byte b) {
        return b >= 'A' && b <= 'F' ? (byte) (b + 'a' - 'A') : b;
    }
}
