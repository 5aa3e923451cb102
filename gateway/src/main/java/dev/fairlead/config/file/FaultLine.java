package dev.fairlead.config.file;

/// The one form in which anything about a line of the file is printed; editors and terminals make links of it.
final class FaultLine {
    private static final int LONGEST_PATH = 160;
    private static final int LONGEST_TEXT = 1_000;

    private FaultLine() {}

    static String line(String file, int line, int column, String path, String text) {
        var shown = new StringBuilder(file).append(':');
        if (line > 0) shown.append(line).append(':').append(column).append(':');
        shown.append(' ');
        if (!path.isEmpty()) shown.append(brief(path, LONGEST_PATH)).append(": ");
        return shown.append(brief(text, LONGEST_TEXT)).toString();
    }

    private static String brief(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "… (" + text.length() + " characters)";
    }
}
