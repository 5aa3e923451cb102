package dev.fairlead.config;

/// The one form in which anything about a line of the file is printed; editors and terminals make links of it.
final class Located {
    private Located() {}

    static String line(String file, int line, int column, String path, String text) {
        var shown = new StringBuilder(file).append(':');
        if (line > 0) shown.append(line).append(':').append(column).append(':');
        shown.append(' ');
        if (!path.isEmpty()) shown.append(path).append(": ");
        return shown.append(text).toString();
    }
}
