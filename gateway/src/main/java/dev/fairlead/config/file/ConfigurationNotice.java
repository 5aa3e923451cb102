package dev.fairlead.config.file;

/// Something in a valid configuration that the operator should know. Shows no secret.
///
/// @param line from 1, or 0 when no line can be named
/// @param path of the key that it is about
/// @param isForCheck whether a gateway that starts knows better and says it itself: it knows what was added at
/// run time
public record ConfigurationNotice(String file, int line, int column, String path, String text, boolean isForCheck) {
    @Override
    public String toString() {
        return FaultLine.line(file, line, column, path, text);
    }
}
