package dev.fairlead.core.transaction;

import static java.util.Map.entry;

import dev.fairlead.core.jsonrpc.JsonReader;
import dev.fairlead.core.jsonrpc.JsonText;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.transaction.Submitted.Excessive;
import dev.fairlead.core.transaction.Submitted.Nothing;
import dev.fairlead.core.transaction.Submitted.Signed;
import dev.fairlead.core.transaction.Submitted.Unclear;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How the params of submissions look: `["0x…"]`, `[{"tx": "0x…"}]`, `[{"txs": ["0x…"]}]`, `[["0x…"]]`,
/// `[{"body": [{"tx": "0x…"}]}]`. They are read once from beginning to end, and no further than it is clear
/// what they bring.
public final class SubmissionReader {
    static final int MOST_TRANSACTIONS = 1_000;
    /// What needs no signed transaction. Exactly these: another name may be any method's.
    private static final Set<String> UNSIGNED = Set.of(
            "eth_sendTransaction",
            "eth_resend",
            "eth_cancelPrivateTransaction",
            "eth_cancelBundle",
            "eth_sendUserOperation",
            "boost_sendUserOperation",
            "pimlico_sendCompressedUserOperation",
            "pimlico_sendUserOperationNow");

    private static final int MOST_PARTS = 1_000;
    /// Objects within each other: three bundles, and the parts between them.
    private static final int DEEPEST = 6;
    /// Shorter strings behind the first param are options.
    private static final int SHORTEST_RAW = 100;

    private static final String TOO_MANY =
            "expected at most 1,000 transactions at once, found more; send them in several calls";
    private static final String TOO_MANY_PARTS = "expected at most 1,000 parts in a bundle, found more";
    private static final String TOO_DEEP = "expected bundles at most three within each other, found more";

    private enum Name {
        ONE,
        SEVERAL,
        BODY,
        BUNDLE,
        /// Of a transaction that others have sent.
        HASH,
        OTHER;

        private static final int LONGEST = "signedTransactions".length();
        private static final Map<String, Name> ALL = Map.ofEntries(
                entry("tx", ONE),
                entry("rawtx", ONE),
                entry("rawtransaction", ONE),
                entry("signedtransaction", ONE),
                entry("transaction", ONE),
                entry("txs", SEVERAL),
                entry("rawtxs", SEVERAL),
                entry("rawtransactions", SEVERAL),
                entry("signedtransactions", SEVERAL),
                entry("transactions", SEVERAL),
                entry("body", BODY),
                entry("bundle", BUNDLE),
                entry("hash", HASH));

        /// Some nodes take names whatever their case.
        static Name of(String word) {
            return ALL.getOrDefault(word.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), OTHER);
        }
    }

    private final JsonReader json;
    private final List<Slice> raws = new ArrayList<>();
    private int hashes;
    private int parts;
    private boolean isUnclear;
    /// Whether something may be a transaction where none is looked for.
    private boolean hidesOne;
    private @Nullable String excess;

    private SubmissionReader(Slice params) {
        json = new JsonReader(params);
    }

    /// @param method of a submission
    public static Submitted read(String method, Slice params) {
        return UNSIGNED.contains(method) ? new Nothing() : read(params);
    }

    private static Submitted read(Slice params) {
        return new SubmissionReader(params).read();
    }

    private Submitted read() {
        if (json.first() != '[' || !json.enter()) return new Unclear();
        first();
        while (goesOn(']')) more(json.value());
        if (excess != null) return new Excessive(excess);
        return isUnclear || json.isBroken() || raws.isEmpty() ? new Unclear() : new Signed(raws, !hidesOne);
    }

    private boolean goesOn(char close) {
        return !isUnclear && excess == null && json.goesOn(close);
    }

    private void first() {
        switch (json.first()) {
            case '"' -> one();
            case '[' -> several();
            case '{' -> object(0);
            default -> isUnclear = true;
        }
    }

    private void more(Slice param) {
        if (JsonText.isString(param) && param.size() > SHORTEST_RAW) add(param);
        else passOver(param);
    }

    private void passOver(Slice value) {
        if (LongText.isIn(value, SHORTEST_RAW)) hidesOne = true;
    }

    private void add(Slice raw) {
        if (raws.size() == MOST_TRANSACTIONS) excess = TOO_MANY;
        else raws.add(raw);
    }

    private void one() {
        if (json.first() == '"') add(json.value());
        else isUnclear = true;
    }

    private void several() {
        if (json.first() != '[') isUnclear = true;
        else if (json.enter()) {
            do one();
            while (goesOn(']'));
        }
    }

    private void object(int depth) {
        if (json.first() != '{') isUnclear = true;
        else if (depth > DEEPEST) excess = TOO_DEEP;
        else if (json.enter()) {
            do member(depth);
            while (goesOn('}'));
        }
    }

    private void member(int depth) {
        switch (Name.of(json.name(Name.LONGEST))) {
            case ONE -> one();
            case SEVERAL -> several();
            case BODY -> body(depth);
            case BUNDLE -> object(depth + 1);
            case HASH -> {
                hashes++;
                passOver(json.value());
            }
            case OTHER -> passOver(json.value());
        }
    }

    private void body(int depth) {
        if (json.first() != '[') isUnclear = true;
        else if (json.enter()) {
            do part(depth + 1);
            while (goesOn(']'));
        }
    }

    private void part(int depth) {
        if (++parts > MOST_PARTS) {
            excess = TOO_MANY_PARTS;
            return;
        }
        int before = raws.size() + hashes;
        object(depth);
        if (excess == null && raws.size() + hashes == before) isUnclear = true;
    }
}
