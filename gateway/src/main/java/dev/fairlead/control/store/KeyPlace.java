package dev.fairlead.control.store;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// Where a key stands among all, by the name of its tenant and its alias.
public record KeyPlace(String tenant, String alias) implements Comparable<KeyPlace> {
    public static final KeyPlace BEGINNING = new KeyPlace("", "");

    private static final Comparator<KeyPlace> ORDER =
            Comparator.comparing(KeyPlace::tenant).thenComparing(KeyPlace::alias);

    /// Behind which a page begins.
    ///
    /// @param after `tenant/alias`; null for the beginning
    /// @param tenant whose keys alone are wanted; null for all
    public static KeyPlace of(@Nullable String after, @Nullable String tenant) {
        if (after == null) return new KeyPlace(tenant == null ? "" : tenant, "");
        int slash = after.indexOf('/');
        return slash < 0
                ? new KeyPlace(after, "")
                : new KeyPlace(after.substring(0, slash), after.substring(slash + 1));
    }

    @Override
    public int compareTo(KeyPlace other) {
        return ORDER.compare(this, other);
    }
}
