package dev.fairlead.data.call;

import java.util.function.Consumer;

/// One stop on the way of a call: answers it, or passes it onward, and may look at the answer on its way back.
/// Runs on the call's event loop and never blocks.
public interface Stage {
    /// `back` is called exactly once unless the call is abandoned.
    void take(Call call, Next onward, Consumer<Answer> back);
}
