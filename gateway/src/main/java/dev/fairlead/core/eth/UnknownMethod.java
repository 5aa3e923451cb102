package dev.fairlead.core.eth;

import dev.fairlead.core.eth.Method.Kind;
import java.util.List;
import java.util.Set;

/// What can be told of a method that stands in no table, by its name.
final class UnknownMethod {
    private static final Set<String> COMMANDING = Set.of(
            "personal",
            "miner",
            "admin",
            "engine",
            "anvil",
            "evm",
            "hardhat",
            "clique",
            "ibft",
            "qbft",
            "perm",
            "parity",
            "signer");
    private static final Set<String> TRACING = Set.of("debug", "trace", "arbtrace", "ots");

    /// How names begin that can only be a reading: `zks_getBlockDetails`, `alchemy_getTokenBalances`,
    /// `bor_getAuthor`.
    private static final List<String> READING =
            List.of("get", "is", "has", "list", "count", "search", "estimate", "call", "trace", "simulate");

    private UnknownMethod() {}

    static Method method(String name) {
        int mark = mark(name);
        String namespace = name.substring(0, mark);
        Kind kind = kind(name, mark, namespace);
        return new Method(name, kind, BlockAt.NOWHERE, TRACING.contains(namespace), MethodOffer.of(name));
    }

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

    private static Kind kind(String name, int mark, String namespace) {
        if (!isPlain(name, mark) || COMMANDING.contains(namespace)) return Kind.STATEFUL;
        if (begins(name, mark + 1, "send") && name.length() > mark + 5 && isUpper(name.charAt(mark + 5))) {
            return Kind.SUBMISSION;
        }
        return isReading(name, mark) ? Kind.AT_HEAD : Kind.STATEFUL;
    }

    private static boolean isReading(String name, int mark) {
        for (String word : READING) {
            if (begins(name, mark + 1, word)) return true;
        }
        return false;
    }

    /// `namespace_nameInCamelCase`, and nothing else in it.
    private static boolean isPlain(String name, int mark) {
        if (mark == 0 || mark == name.length() || name.charAt(mark) != '_') return false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c >= 'a' && c <= 'z') || isDigit(c)) continue;
            if (i < mark || (!isUpper(c) && c != '_')) return false;
        }
        return true;
    }

    /// Whether that whole word stands there: `foo_getaway` and `foo_callback` do not get or call.
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
