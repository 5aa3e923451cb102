package dev.fairlead.core.allow;

import dev.fairlead.core.jsonrpc.JsonTexts;
import dev.fairlead.core.jsonrpc.Slice;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whatever looks like an address anywhere in a call's params, in names and in values, with `0x` or without: for
/// methods of which it is not known where they name one.
final class MentionedAddresses {
    private static final int WITH_PREFIX = 42;

    private MentionedAddresses() {}

    /// The first that is not on the list; null when all are.
    static @Nullable ContractAddress stranger(Set<ContractAddress> allowed, Slice params) {
        String stranger = JsonTexts.first(params, WITH_PREFIX, text -> isStranger(allowed, text));
        return stranger == null ? null : address(stranger);
    }

    private static boolean isStranger(Set<ContractAddress> allowed, String text) {
        ContractAddress address = address(text);
        return address != null && !allowed.contains(address);
    }

    private static @Nullable ContractAddress address(String text) {
        ContractAddress plain = ContractAddress.parse(text);
        return plain == null ? ContractAddress.parseBare(text) : plain;
    }
}
