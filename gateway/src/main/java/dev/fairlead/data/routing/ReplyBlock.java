package dev.fairlead.data.routing;

import dev.fairlead.core.eth.BlockNumber;
import dev.fairlead.core.eth.HexKey;
import dev.fairlead.core.eth.Quantity;
import dev.fairlead.core.jsonrpc.JsonPick;
import dev.fairlead.core.jsonrpc.JsonText;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.reply.Reply;
import io.netty.buffer.ByteBuf;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which block a reply shows; -1 when that cannot be told, and then the reply goes to the client unchecked.
public final class ReplyBlock {
    /// Length of a hash: 0x and 64 digits.
    private static final int HASH_LENGTH = 66;

    /// As many digits as 256 bits have, and a few more.
    private static final int MOST_DIGITS = 80;
    /// No further digit is read.
    private static final long FULL = 1L << 56;
    /// Bytes of a hash in JSON.
    private static final int HASH = 68;

    private ReplyBlock() {}

    public static long of(CallKind kind, Reply reply) {
        return switch (kind) {
            case CallKind.HeadNumber _ -> height(reply);
            case CallKind.PendingCount _ -> quantity(reply);
            case CallKind.HeadBlock _ ->
                reply.isWhole() ? BlockNumber.parse(JsonPick.member(result(reply), "number")) : -1;
            case CallKind.Reading _, CallKind.Lookup _, CallKind.Signed _, CallKind.Once _ -> -1;
        };
    }

    /// The hash of the block that a whole reply shows, or null.
    public static @Nullable String hash(Reply reply) {
        if (!reply.isWhole()) return null;
        Slice hash = JsonPick.member(result(reply), "hash");
        return JsonText.isString(hash) ? JsonText.decode(hash).toLowerCase(Locale.ROOT) : null;
    }

    /// [HexKey] of the hash that a result is; [HexKey#NONE] where it is something else.
    public static long hashKey(Reply reply) {
        ByteBuf body = reply.body();
        int from = body.readerIndex() + reply.valueAt();
        if (at(reply, HASH - 1) != '"') return HexKey.NONE;
        var json = new byte[HASH];
        body.getBytes(from, json);
        return HexKey.ofHash(json, 0);
    }

    /// Whether the result is anything but `null`.
    public static boolean isSomething(Reply reply) {
        return reply.error() == null && at(reply, 0) != 'n';
    }

    public static boolean isObject(Reply reply) {
        return reply.error() == null && at(reply, 0) == '{';
    }

    /// The hash of 32 bytes that the result is, in lower case; empty when it is anything else.
    public static String hashOf(Reply reply) {
        var text = new StringBuilder(HASH_LENGTH);
        if (at(reply, 0) != '"' || at(reply, 1 + HASH_LENGTH) != '"') return "";
        for (int i = 1; i <= HASH_LENGTH; i++) text.append((char) Character.toLowerCase(at(reply, i)));
        boolean hex = text.chars().skip(2).allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
        return hex && text.charAt(0) == '0' && text.charAt(1) == 'x' ? text.toString() : "";
    }

    /// Whether the result says that there is nothing: `null`, no bytes at all, or no items.
    public static boolean isEmpty(Reply reply) {
        if (reply.error() != null) return false;
        return switch (at(reply, 0)) {
            case 'n' -> true;
            case '"' -> at(reply, 1) == '0' && at(reply, 2) == 'x' && at(reply, 3) == '"';
            case '[' -> at(reply, 1) == ']';
            default -> false;
        };
    }

    /// The same question, about the block of that number.
    public static Request byNumber(Request request, long number) {
        String full = JsonPick.element(request.params(), 1).text();
        String params = "[\"" + Quantity.print(number) + '"' + (full.isEmpty() ? "" : "," + full) + ']';
        return new Request(request.id(), request.method(), Slice.of(params));
    }

    /// The quantity that a result is, or -1. Read in place, because this is the most frequent call there is.
    public static long quantity(Reply reply) {
        return quantity(reply, -1);
    }

    /// As [#quantity(Reply)]; one of too many digits is [BlockNumber#BEYOND].
    public static long height(Reply reply) {
        return quantity(reply, BlockNumber.BEYOND);
    }

    private static long quantity(Reply reply, long tooLong) {
        int first = at(reply, 0);
        if (first >= '0' && first <= '9') return plain(reply, tooLong);
        if (first != '"' || at(reply, 1) != '0' || at(reply, 2) != 'x') return -1;
        long number = 0;
        for (int i = 0; i < MOST_DIGITS; i++) {
            int digit = at(reply, 3 + i);
            if (digit == '"') return i == 0 ? -1 : number;
            int value = Character.digit(digit, 16);
            if (value < 0) return -1;
            if (number >= FULL) return tooLong;
            number = number << 4 | value;
        }
        return -1;
    }

    /// A few nodes write plain JSON numbers.
    private static long plain(Reply reply, long tooLong) {
        long number = 0;
        for (int i = 0; i < MOST_DIGITS; i++) {
            int digit = at(reply, i);
            if (digit < '0' || digit > '9') return digit == '.' || (digit | 0x20) == 'e' ? -1 : number;
            if (number >= FULL) return tooLong;
            number = number * 10 + digit - '0';
        }
        return -1;
    }

    private static int at(Reply reply, int offset) {
        ByteBuf body = reply.body();
        int index = body.readerIndex() + reply.valueAt() + offset;
        return index < body.writerIndex() ? body.getByte(index) : -1;
    }

    private static Slice result(Reply reply) {
        ByteBuf body = reply.body();
        var bytes = new byte[body.readableBytes() - reply.valueAt()];
        body.getBytes(body.readerIndex() + reply.valueAt(), bytes);
        return Slice.of(bytes);
    }
}
