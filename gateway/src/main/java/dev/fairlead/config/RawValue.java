package dev.fairlead.config;

import dev.fairlead.config.file.FilePlace;
import dev.fairlead.core.jsonrpc.Counted;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/// A value as it stands in the file, not yet understood.
///
/// @param raw what the TOML reader made of it
public record RawValue(Object raw, FilePlace place) {
    private static final Pattern HARMLESS = Pattern.compile("[ -~&&[^\"\\\\]]{0,40}");

    private static final Pattern DEFAULT = Pattern.compile(":-[^}]+}");

    /// In the words of a fault. Text that could be a secret is not repeated: what came out of the environment, what is
    /// long, and URLs.
    String described(boolean secret) {
        return switch (raw) {
            case TomlTable _ -> "a table";
            case TomlArray _ -> "a list";
            case String text when text.isEmpty() -> "an empty text";
            case String text
            when secret || text.contains("://") || !HARMLESS.matcher(text).matches() ->
                "a text of " + Counted.of(text.length(), "character");
            case String text ->
                "\"" + DEFAULT.matcher(text).replaceAll(":-…}") + "\""
                        + (text.contains("${") ? " (its value is not shown)" : "");
            case Long number -> secret ? "a number" : number.toString();
            case Double number -> secret ? "a number" : plain(number);
            case Boolean flag -> secret ? "true or false" : flag.toString();
            default -> "a date or time";
        };
    }

    /// As people write it: `0.0001`, not `1.0E-4`.
    static String plain(double number) {
        String text = Double.toString(number);
        return Double.isFinite(number) ? new BigDecimal(text).toPlainString() : text;
    }
}
