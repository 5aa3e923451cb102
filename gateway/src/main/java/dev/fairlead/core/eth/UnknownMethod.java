package dev.fairlead.core.eth;

import static dev.fairlead.core.eth.Service.TRACING;

import dev.fairlead.core.eth.Method.Kind;
import java.util.Locale;
import java.util.Set;

/// What the name tells of a method that is not in the table.
final class UnknownMethod {
    private static final Set<String> NEVER_REPEATED = Set.of(
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

    private UnknownMethod() {}

    static Method method(String name) {
        int mark = MethodName.mark(name);
        String namespace = name.substring(0, mark);
        Kind kind = kind(name, mark, namespace);
        return new Method(
                name,
                kind,
                MethodFamily.of(name, kind == Kind.SUBMISSION, false),
                BlockAt.NOWHERE,
                TRACING.contains(namespace),
                MethodOffer.of(name));
    }

    private static Kind kind(String name, int mark, String namespace) {
        String lower = namespace.toLowerCase(Locale.ROOT);
        if (NEVER_REPEATED.contains(lower)) return Kind.STATEFUL;
        if (MethodName.submits(name, mark, TRACING.contains(lower))) return Kind.SUBMISSION;
        if (!MethodName.isPlain(name, mark)) return Kind.STATEFUL;
        return MethodName.isReading(name) ? Kind.AT_HEAD : Kind.STATEFUL;
    }
}
