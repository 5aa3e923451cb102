package dev.fairlead.data.call;

import java.util.List;
import java.util.function.Consumer;

/// What still lies before a call: the stages from here on, joined.
public interface Next {
    void take(Call call, Consumer<Answer> back);

    /// Joins `stages` in the order of the list; the last one must answer every call.
    static Next through(List<Stage> stages) {
        Next onward = (_, back) ->
                back.accept(new Answer.Refused(Refusal.INTERNAL, "no stage answered this call; please report it"));
        for (Stage stage : stages.reversed()) {
            Next next = onward;
            onward = (call, back) -> stage.take(call, next, back);
        }
        return onward;
    }
}
