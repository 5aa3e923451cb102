package dev.fairlead.config.file;

/// Something in the configuration that must be put right before it can be used. Shows no secret.
///
/// @param file the name by which it was given
/// @param line from 1, or 0 when the fault has no line: the file could not be read
/// @param path of the key, `chains.mainnet.id`; empty for faults of syntax
/// @param text what was expected, what was found, what to do
public record ConfigurationFault(String file, int line, int column, String path, String text) {
    @Override
    public String toString() {
        return FaultLine.line(file, line, column, path, text);
    }
}
