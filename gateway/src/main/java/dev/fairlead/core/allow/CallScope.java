package dev.fairlead.core.allow;

import dev.fairlead.core.eth.Method;
import dev.fairlead.core.jsonrpc.Slice;
import org.jspecify.annotations.Nullable;

/// Which calls a caller may make of those that are open to its tenant: those that fit all lists.
///
/// @param own lists of its tenant
/// @param narrower those of its token
public record CallScope(AllowLists own, AllowLists narrower) {
    /// @return null where no list looks at calls
    public static @Nullable CallScope of(AllowLists own, AllowLists narrower) {
        return own.isAboutCalls() || narrower.isAboutCalls() ? new CallScope(own, narrower) : null;
    }

    public static @Nullable CallScope of(AllowLists own) {
        return of(own, AllowLists.NONE);
    }

    /// What speaks against a call; null when nothing does.
    public @Nullable ListObjection objection(Method method, Slice params) {
        ListObjection objection = own.objectionTo(method, params);
        if (objection != null) return objection;
        ListObjection inner = narrower.objectionTo(method, params);
        return inner == null ? null : inner.ofToken();
    }
}
