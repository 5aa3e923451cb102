package dev.fairlead.core.transaction;

import dev.fairlead.core.jsonrpc.JsonText;
import dev.fairlead.core.jsonrpc.Slice;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The bytes that a JSON string has in hex digits behind `0x`.
final class HexBytes {
    private HexBytes() {}

    /// @return null when it has anything else, or nothing
    static byte @Nullable [] of(Slice json) {
        Slice text = unescaped(json);
        int from = text.from() + 3;
        int digits = text.to() - 1 - from;
        if (digits <= 0 || digits % 2 != 0 || text.at(1) != '0' || (text.at(2) | 0x20) != 'x') return null;
        byte[] bytes = new byte[digits / 2];
        for (int i = 0; i < bytes.length; i++) {
            int high = digit(text.array()[from + 2 * i]);
            int low = digit(text.array()[from + 2 * i + 1]);
            if ((high | low) < 0) return null;
            bytes[i] = (byte) (high << 4 | low);
        }
        return bytes;
    }

    /// What is wrong with a string that has none, in go-ethereum's words.
    static String fault(Slice json) {
        String text = JsonText.decode(json);
        String what;
        if (text.isEmpty()) what = "empty hex string";
        else if (!text.regionMatches(true, 0, "0x", 0, 2)) what = "hex string without 0x prefix";
        else if (text.length() % 2 != 0) what = "hex string of odd length";
        else if (text.length() == 2) return "cannot unmarshal an empty transaction";
        else what = "invalid hex string";
        return "cannot unmarshal " + what + " into Go value of type hexutil.Bytes";
    }

    private static Slice unescaped(Slice json) {
        for (int i = json.from(); i < json.to(); i++) {
            if (json.array()[i] == '\\') return Slice.of('"' + JsonText.decode(json) + '"');
        }
        return json;
    }

    private static int digit(byte b) {
        return b >= 0 && HexFormat.isHexDigit(b) ? HexFormat.fromHexDigit(b) : -1;
    }
}
