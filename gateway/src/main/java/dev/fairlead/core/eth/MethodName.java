package dev.fairlead.core.eth;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What the form of a method's name tells: `namespace_verbInCamelCase`.
final class MethodName {
    /// Beginnings of names that can only be readings: `zks_getBlockDetails`, `alchemy_getTokenBalances`,
    /// `bor_getAuthor`.
    private static final List<String> READING =
            List.of("get", "is", "has", "list", "count", "search", "estimate", "call", "trace", "simulate");

    /// As in `getAndSend`.
    private static final Set<String> JOINING = Set.of("and", "then", "or");

    private static final Pattern SUBMITS = Pattern.compile("send(?!er)|submit");
    private static final Pattern TRANSACTS = Pattern.compile("raw_?(transaction|tx)|transact(?!ion)"
            + "|(broadcast|publish|relay|push|post|forward|inject|exec|execute)\\w*(transaction|tx|bundle)");

    private MethodName() {}

    /// Where the namespace ends: at the first mark that is neither letter nor digit; the length when there is none.
    static int mark(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!Character.isLetterOrDigit(name.charAt(i))) return i;
        }
        return name.length();
    }

    static boolean isReading(String name) {
        int mark = mark(name);
        return isPlain(name, mark) && isReading(name, mark);
    }

    /// Whether it is a plain name without a verb of doing in it: `erigon_forks`.
    static boolean doesNothing(String name) {
        int mark = mark(name);
        return isPlain(name, mark) && !doesMore(name, mark + 1);
    }

    /// Whether it says that it hands something to the network: `eth_sendBundle`, but not `eth_sender`;
    /// `klay_rawTransaction`, `arb_transact`, `qn_broadcastTx`. In any letters, as nodes may take them.
    ///
    /// @param traces whether those of its namespace look at transactions, and do not send them
    static boolean submits(String name, int mark, boolean traces) {
        if (isReading(name)) return false;
        String said = name.substring(mark).toLowerCase(Locale.ROOT);
        return SUBMITS.matcher(said).find()
                || (!traces && TRANSACTS.matcher(said).find());
    }

    private static boolean isReading(String name, int mark) {
        for (String word : READING) {
            if (begins(name, mark + 1, word)) return !doesMore(name, mark + 1 + word.length());
        }
        return false;
    }

    /// Whether a verb of doing stands among the words from there on, or any verb but a reading one is joined to the
    /// first: `getAndSend`, `callThenWhatever`.
    private static boolean doesMore(String name, int from) {
        String before = "";
        boolean first = true;
        for (int at = from; at < name.length(); ) {
            int end = wordEnd(name, at);
            String word = name.substring(at, end).toLowerCase(Locale.ROOT);
            at = end;
            if (!Character.isLetter(word.charAt(0))) continue;
            boolean joined = JOINING.contains(before);
            if (DoingWords.has(word) || (joined && DoingWords.mayBe(word))) return true;
            if (joined && first && !READING.contains(word)) return true;
            first = before.isEmpty();
            before = word;
        }
        return false;
    }

    /// The end of a word such as `Send`, `send`, or `SEND` before another word or at the end; or of a single
    /// mark.
    private static int wordEnd(String name, int from) {
        int end = from;
        while (end < name.length() && isUpper(name.charAt(end))) end++;
        boolean capitals = end > from + 1;
        if (capitals && end < name.length() && isLower(name.charAt(end))) return end - 1;
        if (capitals) return end;
        while (end < name.length() && isLower(name.charAt(end))) end++;
        return Math.max(end, from + 1);
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    /// `namespace_nameInCamelCase`, and nothing else in it.
    static boolean isPlain(String name, int mark) {
        if (mark == 0 || mark == name.length() || name.charAt(mark) != '_') return false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c >= 'a' && c <= 'z') || isDigit(c)) continue;
            if (i < mark || (!isUpper(c) && c != '_')) return false;
        }
        return true;
    }

    /// Whether that whole word stands at `at`: `foo_getaway` does not get, and `foo_callback` does not call.
    private static boolean begins(String name, int at, String word) {
        if (!name.startsWith(word, at)) return false;
        int end = at + word.length();
        return end == name.length() || isUpper(name.charAt(end)) || isDigit(name.charAt(end));
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
