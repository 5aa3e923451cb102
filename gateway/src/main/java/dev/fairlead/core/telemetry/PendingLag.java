package dev.fairlead.core.telemetry;

/// A node whose pending block is behind its newest, in words.
final class PendingLag {
    private PendingLag() {}

    static String text(long behind) {
        return behind == 0
                ? "its pending block is level with its newest again"
                : "its pending block is " + behind + (behind == 1 ? " block" : " blocks")
                        + " behind its newest; calls that name pending go elsewhere";
    }
}
