package dev.fairlead.data.call;

import java.util.function.Consumer;

/// What still lies before a call: the stages from here on, joined.
public interface Next {
    void take(Call call, Consumer<Answer> back);
}
