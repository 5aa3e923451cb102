package dev.fairlead.core.allow;

import dev.fairlead.core.eth.Method;
import dev.fairlead.core.jsonrpc.Slice;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which calls a caller may make of those that are open to its tenant: those that fit all lists.
public record CallScope(List<AllowLists> lists) {
    public CallScope {
        lists = List.copyOf(lists);
    }

    /// @return null where no list looks at calls
    public static @Nullable CallScope of(AllowLists... lists) {
        List<AllowLists> looking =
                Stream.of(lists).filter(AllowLists::isAboutCalls).toList();
        return looking.isEmpty() ? null : new CallScope(looking);
    }

    /// What speaks against a call; null when nothing does.
    public @Nullable String objection(Method method, Slice params) {
        for (AllowLists each : lists) {
            String objection = each.objectionTo(method, params);
            if (objection != null) return objection;
        }
        return null;
    }
}
