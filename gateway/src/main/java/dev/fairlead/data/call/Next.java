package dev.fairlead.data.call;

import java.util.function.Consumer;

/// The stages that a call has still before it, joined.
public interface Next {
    void take(Call call, Consumer<Answer> back);
}
