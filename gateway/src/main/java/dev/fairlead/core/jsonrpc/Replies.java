package dev.fairlead.core.jsonrpc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Whole JSON-RPC replies as bytes, for everything that does not come from a node. An empty id becomes `null`.
public final class Replies {
    private static final byte[] HEAD = ascii("{\"jsonrpc\":\"2.0\",\"id\":");
    private static final byte[] RESULT = ascii(",\"result\":");
    private static final byte[] ERROR = ascii(",\"error\":");
    private static final byte[] CODE = ascii("{\"code\":");
    private static final byte[] MESSAGE = ascii(",\"message\":");
    private static final byte[] DATA = ascii(",\"data\":");

    private Replies() {}

    /// @param result raw JSON
    public static byte[] result(Slice id, Slice result) {
        var out = begin(id, result.size() + RESULT.length);
        out.writeBytes(RESULT);
        write(out, result);
        out.write('}');
        return out.toByteArray();
    }

    public static byte[] error(Slice id, RpcError error) {
        byte[] object = error(error);
        var out = begin(id, object.length + ERROR.length);
        out.writeBytes(ERROR);
        out.writeBytes(object);
        out.write('}');
        return out.toByteArray();
    }

    /// The error object alone, with the bytes of its sender where they are legal.
    public static byte[] error(RpcError error) {
        if (!error.raw().isEmpty()) return error.raw().bytes();
        var out = new ByteArrayOutputStream(
                64 + error.message().length() + error.data().size());
        out.writeBytes(CODE);
        out.writeBytes(ascii(Integer.toString(error.code())));
        out.writeBytes(MESSAGE);
        out.writeBytes(JsonText.encode(error.message()));
        if (!error.data().isEmpty()) {
            out.writeBytes(DATA);
            write(out, error.data());
        }
        out.write('}');
        return out.toByteArray();
    }

    private static ByteArrayOutputStream begin(Slice id, int rest) {
        var out = new ByteArrayOutputStream(HEAD.length + id.size() + rest + 8);
        out.writeBytes(HEAD);
        write(out, id.isEmpty() ? Slice.NULL : id);
        return out;
    }

    private static void write(ByteArrayOutputStream out, Slice raw) {
        out.write(raw.array(), raw.from(), raw.size());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
