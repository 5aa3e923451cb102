package dev.fairlead.core.logs;

import dev.fairlead.core.eth.BlockNumber;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Counts the logs of a reply while its bytes come, and notes of which blocks they are, without parsing them. Stops at
/// the first log that is too many. The bytes are legal JSON; what is no list counts nothing.
///
/// ```
/// before the list ── [ ──▶ logs: depth 1 between them, 2 within one ── ] ──▶ over
///                                  └── one too many, and its block is seen ──▶ over
/// ```
public final class ResultCount {
    private static final byte[] BLOCK_NUMBER = "blockNumber".getBytes(StandardCharsets.US_ASCII);
    private static final int NO_MATCH = -1;
    private static final int LONGEST_NUMBER = 70;

    private final long most;
    private long logs;
    private int depth;
    private boolean isOver;
    private boolean isBetween;

    private boolean inText;
    private boolean isEscaped;
    /// How much of the name of a block's number the text at hand has matched.
    private int matched = NO_MATCH;

    private boolean isNamed;
    private boolean isNumberNext;
    private @Nullable StringBuilder number;

    private long first = BlockSpan.UNKNOWN;
    private long last = BlockSpan.UNKNOWN;
    private long tooMany = BlockSpan.UNKNOWN;
    private boolean isAscending = true;

    public ResultCount(long most) {
        this.most = most;
    }

    /// Reads on.
    ///
    /// @return whether there is anything to be learned from what follows
    public boolean read(byte[] json, int from, int to) {
        int at = from;
        while (at < to && !isOver) at = inText ? text(json, at, to) : token(json[at], at);
        return !isOver;
    }

    /// Whether there are more logs than there may be, and nothing more is to be learned of the first that is too many.
    public boolean isExceeded() {
        return isOver && isTooMany();
    }

    private boolean isTooMany() {
        return logs > most;
    }

    /// The most of the blocks that were asked for that have no more logs than there may be, from the first on.
    ///
    /// @return null where the first block alone has too many, or where it cannot be told
    public @Nullable BlockSpan possible(BlockSpan asked) {
        long start = start(asked);
        if (start < 0) return null;
        long begun = isExceeded() ? tooMany : last;
        if (begun >= 0 && isAscending) return begun > start ? new BlockSpan(start, begun - 1) : null;
        return asked.hasTo() && asked.to() > start ? new BlockSpan(start, start + (asked.to() - start) / 2) : null;
    }

    /// The block that alone has too many; -1 where it cannot be told.
    public long firstBlock() {
        return first;
    }

    private long start(BlockSpan asked) {
        if (!asked.hasFrom()) return first;
        return first < 0 ? asked.from() : Math.min(asked.from(), first);
    }

    private int text(byte[] json, int from, int to) {
        int at = from;
        if (number == null && matched == NO_MATCH && !isEscaped) {
            while (at < to && json[at] != '"' && json[at] != '\\') at++;
            if (at == to) return to;
        }
        byte b = json[at];
        if (isEscaped) isEscaped = false;
        else if (b == '\\') isEscaped = true;
        else if (b == '"') return textEnd(at);
        matched = matches(b) ? matched + 1 : NO_MATCH;
        collect(b);
        return at + 1;
    }

    private boolean matches(byte b) {
        return matched >= 0 && matched < BLOCK_NUMBER.length && b == BLOCK_NUMBER[matched];
    }

    private int textEnd(int at) {
        inText = false;
        isNamed = matched == BLOCK_NUMBER.length;
        numberEnd();
        return at + 1;
    }

    private int token(byte b, int at) {
        if (b == ' ' || b == '\n' || b == '\r' || b == '\t') return at + 1;
        if (depth == 0 && b != '[') {
            isOver = true; // no list
            return at + 1;
        }
        if (isBetween && b != ']') begin();
        switch (b) {
            case '"' -> {
                inText = true;
                matched = depth == 2 ? 0 : NO_MATCH;
                if (isNumberNext) number = new StringBuilder();
            }
            case '{', '[' -> open();
            case '}', ']' -> close();
            case ',' -> comma();
            case ':' -> isNumberNext = isNamed && depth == 2;
            default -> plain(b);
        }
        if (b != ':') isNumberNext = false;
        isNamed = false;
        return at + 1;
    }

    private void begin() {
        isBetween = false;
        logs++;
    }

    private void open() {
        numberEnd();
        depth++;
        isBetween = depth == 1;
    }

    private void close() {
        numberEnd();
        depth--;
        if (depth == 0) isOver = true;
        if (depth == 1) ended();
    }

    private void comma() {
        numberEnd();
        if (depth != 1) return;
        ended();
        isBetween = true;
    }

    /// A log has ended.
    private void ended() {
        isOver |= isTooMany();
    }

    /// A digit of a number that is not in quotes, or a letter of a word.
    private void plain(byte b) {
        if (isNumberNext) number = new StringBuilder();
        collect(b);
    }

    private void collect(byte b) {
        if (number != null && number.length() < LONGEST_NUMBER) number.append((char) b);
    }

    private void numberEnd() {
        if (number == null) return;
        String text = number.toString();
        number = null;
        long block = text.startsWith("0x") ? BlockNumber.parseLoosely(text) : plainNumber(text);
        if (block >= 0) seen(block);
    }

    private static long plainNumber(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Long.parseLong(text) : BlockSpan.UNKNOWN;
    }

    private void seen(long block) {
        if (first < 0) first = block;
        if (block < last) isAscending = false;
        last = block;
        if (!isTooMany()) return;
        tooMany = block;
        isOver = true;
    }
}
