package dev.fairlead.data.shown;

import dev.fairlead.core.eth.BlockInAnswer;
import dev.fairlead.core.eth.BlockNumber;
import dev.fairlead.core.eth.HexKey;
import dev.fairlead.core.reply.Reply;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// Finds out which block a reply shows without parsing it: looks at a few kilobytes of what is at hand, and
/// finds nothing rather than something wrong. One for each event loop, so that it needs no memory for a call.
public final class ShownBlockScan {
    private static final int MOST = 8 * 1024;
    private static final int MOST_DIGITS = 15;
    private static final int HASH = 68;

    private static final byte[] NUMBER = quoted("number");
    private static final byte[] HASH_NAME = quoted("hash");
    private static final byte[] BLOCK_NUMBER = quoted("blockNumber");
    private static final byte[] BLOCK_HASH = quoted("blockHash");
    private static final byte[] OLDEST = quoted("oldestBlock");
    private static final byte[] RATIOS = quoted("gasUsedRatio");

    private final byte[] window = new byte[MOST];
    private int length;
    private long number;
    private long hash;

    /// Looks at a result; [#number] and [#hash] tell what was seen.
    ///
    /// @return whether a block was seen
    public boolean look(BlockInAnswer showing, Reply reply) {
        number = -1;
        hash = HexKey.NONE;
        switch (showing) {
            case NOTHING -> {}
            case BLOCK -> {
                read(reply, false);
                number = first(NUMBER);
                hash = hash(HASH_NAME);
            }
            case PART_OF_BLOCK -> {
                read(reply, false);
                number = first(BLOCK_NUMBER);
                hash = hash(BLOCK_HASH);
            }
            case LAST_OF_MANY -> {
                read(reply, true);
                number = last(BLOCK_NUMBER);
            }
            case FEES -> {
                read(reply, false);
                long oldest = first(OLDEST);
                number = BlockNumber.isPossible(oldest) && oldest >= 0 ? oldest + ratios() : oldest;
            }
        }
        return number >= 0;
    }

    /// Height of the block that was seen; -1 for none.
    public long number() {
        return number;
    }

    /// [HexKey] of its hash, where that was seen too.
    public long hash() {
        return hash;
    }

    private void read(Reply reply, boolean end) {
        ByteBuf body = reply.body();
        int from = body.readerIndex() + reply.valueAt();
        length = Math.clamp(body.writerIndex() - from, 0, MOST);
        body.getBytes(end ? body.writerIndex() - length : from, window, 0, length);
    }

    private long first(byte[] name) {
        for (int at = find(name, 0); at >= 0; at = find(name, at)) {
            long found = numberAt(valueAt(at));
            if (found >= 0) return found;
        }
        return -1;
    }

    private long last(byte[] name) {
        long found = -1;
        for (int at = find(name, 0); at >= 0; at = find(name, at)) found = Math.max(found, numberAt(valueAt(at)));
        return found;
    }

    private long hash(byte[] name) {
        int at = find(name, 0);
        int value = at < 0 ? -1 : valueAt(at);
        boolean whole = value >= 0 && value + HASH <= length && window[value + HASH - 1] == '"';
        return whole ? HexKey.ofHash(window, value) : HexKey.NONE;
    }

    /// How many blocks after the oldest one the reply tells of.
    private int ratios() {
        int at = find(RATIOS, 0);
        if (at < 0) return 0;
        int more = 0;
        for (; at < length && window[at] != ']'; at++) {
            if (window[at] == ',') more++;
        }
        return at < length ? more : 0;
    }

    /// @return where the first `name` at or behind `from` ends; -1 for none
    private int find(byte[] name, int from) {
        int end = length - name.length;
        for (int i = from; i <= end; i++) {
            if (window[i] == '"' && window[i + 1] == name[1] && isAt(name, i)) return i + name.length;
        }
        return -1;
    }

    private boolean isAt(byte[] name, int at) {
        for (int i = 2; i < name.length; i++) {
            if (window[at + i] != name[i]) return false;
        }
        return true;
    }

    private int valueAt(int at) {
        int colon = skipSpace(at);
        return colon < length && window[colon] == ':' ? skipSpace(colon + 1) : length;
    }

    private int skipSpace(int at) {
        int next = at;
        while (next < length && window[next] <= ' ' && window[next] > 0) next++;
        return next;
    }

    /// A quantity, or a plain number as traces have it; of too many digits it is [BlockNumber#BEYOND]. A
    /// number that the end of the bytes cuts off counts as none.
    private long numberAt(int at) {
        boolean hex = at + 3 < length && window[at] == '"' && window[at + 1] == '0' && window[at + 2] == 'x';
        int from = hex ? at + 3 : at;
        while (from + 1 < length && window[from] == '0' && Character.digit(window[from + 1], hex ? 16 : 10) >= 0)
            from++;
        long found = 0;
        for (int i = from; i < length && i <= from + MOST_DIGITS; i++) {
            int digit = Character.digit(window[i], hex ? 16 : 10);
            if (digit < 0) return i > from && (!hex || window[i] == '"') ? found : -1;
            found = found * (hex ? 16 : 10) + digit;
        }
        return from + MOST_DIGITS < length ? BlockNumber.BEYOND : -1;
    }

    private static byte[] quoted(String name) {
        return ('"' + name + '"').getBytes(StandardCharsets.US_ASCII);
    }
}
