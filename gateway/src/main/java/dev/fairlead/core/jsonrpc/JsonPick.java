package dev.fairlead.core.jsonrpc;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Picks one piece out of an array or object as raw JSON, without parsing the rest. Answers [Slice#NONE] when
/// it is not there, or when the bytes before it are not legal JSON.
public final class JsonPick {
    private JsonPick() {}

    /// The element at `index`; what follows it is not looked at.
    public static Slice element(Slice array, int index) {
        byte[] json = array.array();
        int to = array.to();
        int at = JsonScan.skipSpace(json, array.from(), to);
        if (at >= to || json[at] != '[') return Slice.NONE;
        at = JsonScan.skipSpace(json, at + 1, to);
        for (int i = 0; ; i++) {
            int end = JsonScan.skipValue(json, at, to, JsonScan.DEEPEST);
            if (end < 0) return Slice.NONE; // an empty array ends here too
            if (i == index) return new Slice(json, at, end);
            at = JsonScan.skipComma(json, end, to, ']');
            if (at < 0 || json[at] == ']') return Slice.NONE;
        }
    }

    /// All elements.
    ///
    /// @return null for what is no array, or one of more than `most`
    public static @Nullable List<Slice> elements(Slice array, int most) {
        byte[] json = array.array();
        int to = array.to();
        int at = JsonScan.skipSpace(json, array.from(), to);
        if (at >= to || json[at] != '[') return null;
        at = JsonScan.skipSpace(json, at + 1, to);
        var elements = new ArrayList<Slice>();
        if (at < to && json[at] == ']') return elements;
        while (elements.size() < most) {
            int end = JsonScan.skipValue(json, at, to, JsonScan.DEEPEST);
            if (end < 0) return null;
            elements.add(new Slice(json, at, end));
            at = JsonScan.skipComma(json, end, to, ']');
            if (at < 0) return null;
            if (json[at] == ']') return elements;
        }
        return null;
    }

    /// The values of all members whose names fit, one after the other.
    ///
    /// @return null for what is no object
    public static @Nullable List<Slice> members(Slice object, Predicate<String> names) {
        byte[] json = object.array();
        int to = object.to();
        int at = JsonScan.skipSpace(json, object.from(), to);
        if (at >= to || json[at] != '{') return null;
        at = JsonScan.skipSpace(json, at + 1, to);
        var values = new ArrayList<Slice>();
        if (at < to && json[at] == '}') return values;
        while (true) {
            int keyEnd = JsonScan.skipString(json, at, to);
            int value = keyEnd < 0 ? -1 : JsonScan.skipColon(json, keyEnd, to);
            int end = value < 0 ? -1 : JsonScan.skipValue(json, value, to, JsonScan.DEEPEST);
            if (end < 0) return null;
            if (names.test(JsonText.decode(json, at + 1, keyEnd - 1))) values.add(new Slice(json, value, end));
            at = JsonScan.skipComma(json, end, to, '}');
            if (at < 0) return null;
            if (json[at] == '}') return values;
        }
    }

    /// The member of that name; the last one when there are several, as go-ethereum and its like do.
    public static Slice member(Slice object, String name) {
        byte[] json = object.array();
        int to = object.to();
        int at = JsonScan.skipSpace(json, object.from(), to);
        if (at >= to || json[at] != '{') return Slice.NONE;
        Slice found = Slice.NONE;
        at = JsonScan.skipSpace(json, at + 1, to);
        while (true) {
            int key = at;
            int keyEnd = JsonScan.skipString(json, key, to);
            if (keyEnd < 0) return Slice.NONE; // an empty object ends here too
            int value = JsonScan.skipColon(json, keyEnd, to);
            if (value < 0) return Slice.NONE;
            int end = JsonScan.skipValue(json, value, to, JsonScan.DEEPEST);
            if (end < 0) return Slice.NONE;
            if (JsonText.says(json, key + 1, keyEnd - 1, name)) found = new Slice(json, value, end);
            at = JsonScan.skipComma(json, end, to, '}');
            if (at < 0) return Slice.NONE;
            if (json[at] == '}') return found;
        }
    }

    /// How many texts, numbers and truth values stand in a legal value, however deep.
    public static long scalars(Slice value) {
        byte[] json = value.array();
        int to = value.to();
        long scalars = 0;
        int at = value.from();
        while (at < to) {
            byte first = json[at];
            boolean isScalar = first == '"' || first == '-' || first == 't' || first == 'f' || isDigit(first);
            int end = isScalar ? JsonScan.skipValue(json, at, to, 0) : at + 1;
            if (end < 0) return scalars;
            boolean isName = first == '"' && JsonScan.skipColon(json, end, to) >= 0;
            if (isScalar && !isName) scalars++;
            at = end;
            if (first == 'n') at = Math.min(to, at + 3);
        }
        return scalars;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /// How many members an object has, those of equal names too; 0 when it is none.
    public static int size(Slice object) {
        byte[] json = object.array();
        int to = object.to();
        int at = JsonScan.skipSpace(json, object.from(), to);
        if (at >= to || json[at] != '{') return 0;
        at = JsonScan.skipSpace(json, at + 1, to);
        for (int size = 1; ; size++) {
            int keyEnd = JsonScan.skipString(json, at, to);
            int value = keyEnd < 0 ? -1 : JsonScan.skipColon(json, keyEnd, to);
            int end = value < 0 ? -1 : JsonScan.skipValue(json, value, to, JsonScan.DEEPEST);
            if (end < 0) return 0; // an empty object ends here too
            at = JsonScan.skipComma(json, end, to, '}');
            if (at < 0) return 0;
            if (json[at] == '}') return size;
        }
    }
}
