package dev.fairlead.config.file;

import java.util.function.ToIntFunction;

/// Counts the faults in the part of a long text whose faults are not listed. The part is read in pieces, each
/// forgotten before the next.
///
/// @param faults how many there are
/// @param left lines that are not read even so; 0 when the count is complete
public record UnlistedFaults(int faults, int left) {
    /// A file with more pieces is not counted to its end.
    private static final int MOST_PIECES = 16;

    /// @param read the beginning, which has been read
    /// @param memory for the reader of each piece
    /// @param faultsOf how many faults a text has, or -1 when its syntax is at fault and nothing can be said
    public static UnlistedFaults of(String whole, TextExtent read, long memory, ToIntFunction<String> faultsOf) {
        int faults = 0;
        int at = read.text().length();
        int left = read.left();
        String table = table(read.text(), "");
        for (int piece = 0; piece < MOST_PIECES && left > 0; piece++) {
            TextExtent next = TextExtent.of(whole.substring(at), TextExtent.MOST, memory);
            int found = faultsOf.applyAsInt(table + next.text());
            if (found < 0 || next.text().isEmpty()) break;
            faults += found - faultsOf.applyAsInt(table);
            at += next.text().length();
            left = next.left();
            table = table(next.text(), table);
        }
        return new UnlistedFaults(faults, left);
    }

    /// The line that says which table the end of `text` belongs to.
    private static String table(String text, String before) {
        int at = text.startsWith("[") ? 0 : -1;
        int last = text.lastIndexOf("\n[");
        if (last >= 0) at = last + 1;
        if (at < 0) return before;
        int end = text.indexOf('\n', at);
        return end < 0 ? text.substring(at) + "\n" : text.substring(at, end + 1);
    }
}
