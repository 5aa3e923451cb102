package dev.fairlead.data.call;

import java.util.List;
import java.util.function.Consumer;

/// One stop on the way of a call: answers it, or passes it onward, and may look at the answer on its way back.
/// Runs on the call's event loop and never blocks.
public interface Stage {
    /// `back` is called exactly once unless the call is abandoned.
    void take(Call call, Next onward, Consumer<Answer> back);

    /// Joins `stages` in the order of the list; the last one must answer every call.
    static Next chain(List<Stage> stages) {
        Next onward = (_, back) ->
                back.accept(new Answer.Refused(Refusal.INTERNAL, "no stage answered this call; please report it"));
        for (Stage stage : stages.reversed()) {
            Next next = onward;
            onward = (call, back) -> stage.take(call, next, back);
        }
        return onward;
    }
}
