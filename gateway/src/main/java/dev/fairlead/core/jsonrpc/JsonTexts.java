package dev.fairlead.core.jsonrpc;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// All strings in a piece of JSON, names of members too, however deep.
public final class JsonTexts {
    private static final int PER_CHARACTER = 6;

    private JsonTexts() {}

    /// The first that `fits`, decoded; null when none does.
    ///
    /// @param longest in characters; longer ones are not looked at
    public static @Nullable String first(Slice json, int longest, Predicate<String> fits) {
        byte[] bytes = json.array();
        int at = json.from();
        while (at < json.to()) {
            if (bytes[at] != '"') {
                at++;
                continue;
            }
            int end = JsonScan.skipString(bytes, at, json.to());
            if (end < 0) return null;
            if (end - at - 2 <= PER_CHARACTER * longest) {
                String text = JsonText.decode(bytes, at + 1, end - 1);
                if (fits.test(text)) return text;
            }
            at = end;
        }
        return null;
    }
}
