package dev.fairlead.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a running gateway can take over of `after`: each key says for itself whether it can. Tables under
/// names that the operator chooses are taken over whole, so no names are asked for here and no faults found.
record ReloadedValues<R>(R before, R after) implements TableValues<R> {
    @Override
    public <T> @Nullable T orNull(Key<R, T> key) {
        return key.applicable(before, after);
    }

    @Override
    public boolean has(Key<R, ?> key) {
        return true;
    }

    @Override
    public List<String> names() {
        throw new IllegalStateException("a table that stands under a name is taken over whole");
    }

    @Override
    public void fault(Key<R, ?> key, String text) {
        throw new IllegalStateException("what was read already has no faults: " + key.name() + ": " + text);
    }
}
