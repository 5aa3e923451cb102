package dev.fairlead.core.transaction;

import dev.fairlead.core.jsonrpc.Slice;

/// Finds what could be the bytes of a transaction in JSON of any shape: a long string, or a long list of
/// numbers, which some nodes take for bytes as well.
final class LongText {
    private LongText() {}

    /// @param json legal JSON
    /// @param most bytes of JSON that are not long yet
    static boolean isIn(Slice json, int most) {
        byte[] array = json.array();
        int run = 0;
        boolean isString = false;
        for (int i = json.from(); i < json.to(); i++) {
            byte b = array[i];
            if (isString) {
                if (b == '\\') i++;
                isString = b != '"';
                run = isString ? run + 1 : 0;
            } else if (b == '"') {
                isString = true;
                run = 0;
            } else if (b == '{' || b == '}' || b == '[' || b == ']' || b == ':') {
                run = 0;
            } else if (b > ' ') {
                run++;
            }
            if (run > most) return true;
        }
        return false;
    }
}
