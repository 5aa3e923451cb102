package dev.fairlead.data.cache;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.LastingAnswer;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.jsonrpc.CanonicalJson;
import dev.fairlead.core.jsonrpc.Slice;
import org.jspecify.annotations.Nullable;

/// Calls of one key have one answer, however they are written and whoever makes them.
///
/// @param params canonical
record AnswerKey(String chain, String method, Slice params) {
    /// In bytes: who sends more says something that nobody says again.
    static final int LARGEST_PARAMS = 16 * 1024;

    /// @return null for a call whose answer is not kept
    static @Nullable AnswerKey of(String chain, Method method, BlockRef named, Slice params) {
        if (params.size() > LARGEST_PARAMS || !LastingAnswer.isOf(method, named, params)) return null;
        Slice canonical = CanonicalJson.of(params);
        return canonical == null ? null : new AnswerKey(chain, method.name(), canonical);
    }
}
