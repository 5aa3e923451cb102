package dev.fairlead.core.text;

import java.util.Map;

/// In which line of the file a key stands, so that what it decides can be traced back to it.
///
/// @param lines by the keys' dotted paths
public record KeyPlaces(String file, Map<String, Integer> lines) {
    public static final KeyPlaces NONE = new KeyPlaces("", Map.of());

    public KeyPlaces {
        lines = Map.copyOf(lines);
    }

    public static KeyPlaces of(String file, Map<String, Integer> lines) {
        return lines.isEmpty() ? NONE : new KeyPlaces(file, lines);
    }

    /// Such as `fairlead.toml:12`; empty for a key that does not stand in the file.
    public String of(String key) {
        Integer line = lines.get(key);
        return line == null ? "" : file + ":" + line;
    }
}
