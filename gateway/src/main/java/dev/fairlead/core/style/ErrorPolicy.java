package dev.fairlead.core.style;

import org.jspecify.annotations.Nullable;

/// How callers are told of errors, as far as it is said in one place.
///
/// @param declared null when it is not said
/// @param help where callers are sent for more; null when it is not said
public record ErrorPolicy(
        @Nullable ErrorStyle declared, @Nullable String help) {
    public static final ErrorPolicy NONE = new ErrorPolicy(null, null);

    private static final String SOMEBODY = "ask those who run this endpoint";

    public static ErrorPolicy of(@Nullable ErrorStyle declared) {
        return declared == null ? NONE : new ErrorPolicy(declared, null);
    }

    /// What counts where this is said first, and the other where this says nothing.
    public ErrorPolicy before(ErrorPolicy other) {
        if (equals(NONE)) return other;
        return new ErrorPolicy(declared == null ? other.declared : declared, help == null ? other.help : help);
    }

    public ErrorStyle style() {
        return declared == null ? ErrorStyle.FAIRLEAD : declared;
    }

    /// What is to be seen for more: a URL, or in its place an advice.
    public String see() {
        return help == null ? SOMEBODY : help;
    }
}
