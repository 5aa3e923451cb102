package dev.fairlead.core.transaction;

import dev.fairlead.core.jsonrpc.JsonPick;
import dev.fairlead.core.jsonrpc.JsonText;
import dev.fairlead.core.jsonrpc.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What a submission brings, by the shape of its params: methods of this kind are many, and differ from client to
/// client.
public sealed interface Submitted {
    /// Nothing that is signed: what a node signs itself, withdraws, or takes in another form.
    record Nothing() implements Submitted {}

    /// @param raws JSON strings, each meant to be the hex digits of one transaction
    record Signed(List<Slice> raws) implements Submitted {
        public Signed {
            raws = List.copyOf(raws);
        }

        /// Bytes of JSON.
        public long size() {
            long size = 0;
            for (Slice raw : raws) size += raw.size();
            return size;
        }
    }

    /// Where signed transactions are expected, there is something else.
    record Unclear() implements Submitted {}

    /// @param method of a submission
    static Submitted of(String method, Slice params) {
        return Shape.of(method, params);
    }

    /// How the params of submissions look: `["0x…"]`, `[{"tx": "0x…"}]`, `[{"txs": ["0x…"]}]`, `[["0x…"]]`,
    /// `[{"body": [{"tx": "0x…"}]}]`.
    final class Shape {
        private static final Submitted NOTHING = new Nothing();
        private static final Submitted UNCLEAR = new Unclear();
        private static final int MOST = 100;
        private static final int DEEPEST_BUNDLE = 3;
        /// Shorter strings behind the first param are options.
        private static final int SHORTEST_RAW = 100;

        private static final Set<String> UNSIGNED =
                Set.of("eth_sendTransaction", "eth_resend", "eth_cancelPrivateTransaction", "eth_cancelBundle");
        /// Some nodes take names whatever their case.
        private static final Predicate<String> ONE =
                named("tx", "rawTx", "rawTransaction", "signedTransaction", "transaction");
        private static final Predicate<String> SEVERAL =
                named("txs", "rawTxs", "rawTransactions", "signedTransactions", "transactions");
        private static final Predicate<String> BODY = named("body");
        private static final Predicate<String> BUNDLE = named("bundle");
        private static final Predicate<String> HASH = named("hash");

        private final List<Slice> raws = new ArrayList<>();
        private boolean isUnclear;

        private Shape() {}

        private static Submitted of(String method, Slice params) {
            if (UNSIGNED.contains(method) || method.contains("UserOperation")) return NOTHING;
            List<Slice> given = JsonPick.elements(params, MOST);
            if (given == null || given.isEmpty()) return UNCLEAR;
            var shape = new Shape();
            shape.first(given.getFirst());
            for (Slice more : given.subList(1, given.size())) {
                if (JsonText.isString(more) && more.size() > SHORTEST_RAW) shape.raws.add(more);
            }
            boolean isClear = !shape.isUnclear && !shape.raws.isEmpty() && shape.raws.size() <= MOST;
            return isClear ? new Signed(shape.raws) : UNCLEAR;
        }

        private static Predicate<String> named(String... names) {
            Set<String> lower = Set.of(names).stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toUnmodifiableSet());
            return name -> lower.contains(name.toLowerCase(Locale.ROOT));
        }

        private void first(Slice param) {
            switch (param.at(0)) {
                case '"' -> raws.add(param);
                case '[' -> several(param);
                case '{' -> object(param, 0);
                default -> isUnclear = true;
            }
        }

        private void one(Slice value) {
            if (JsonText.isString(value)) raws.add(value);
            else isUnclear = true;
        }

        private void several(Slice array) {
            List<Slice> elements = JsonPick.elements(array, MOST);
            if (elements == null) isUnclear = true;
            else elements.forEach(this::one);
        }

        private void object(Slice object, int depth) {
            members(object, ONE).forEach(this::one);
            members(object, SEVERAL).forEach(this::several);
            for (Slice body : members(object, BODY)) body(body, depth);
        }

        private void body(Slice body, int depth) {
            List<Slice> parts = JsonPick.elements(body, MOST);
            if (parts == null || depth == DEEPEST_BUNDLE) {
                isUnclear = true;
                return;
            }
            for (Slice part : parts) part(part, depth);
        }

        private void part(Slice part, int depth) {
            int before = raws.size();
            List<Slice> bundles = members(part, BUNDLE);
            object(part, depth);
            for (Slice bundle : bundles) object(bundle, depth + 1);
            boolean isNamed = !members(part, HASH).isEmpty(); // of a transaction that others have sent
            if (raws.size() == before && !isNamed) isUnclear = true;
        }

        private static List<Slice> members(Slice object, Predicate<String> names) {
            List<Slice> found = JsonPick.members(object, names);
            return found == null ? List.of() : found;
        }
    }
}
