package dev.fairlead.config;

import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlTable;

/// A single value. It may always be written as a text, so that `${…}` can fill it; a secret one may also come from a
/// file, `{ file = "path" }`.
///
/// @param expected completes "expected …"
/// @param quoted whether bare numbers and booleans are refused
record Scalar<T>(
        String kind,
        String expected,
        boolean quoted,
        boolean secret,
        Parser<T> parser,
        Function<T, String> shown,
        Map<String, Object> schema)
        implements Type<T> {
    static final String HIDDEN = "***";

    private static final Pattern BARE = Pattern.compile("-?[0-9]+([.][0-9]+)?|true|false");

    interface Parser<T> {
        ParsedText<T> parse(String text, FileReading reading);
    }

    <U> Scalar<U> as(Function<T, U> to, Function<U, T> from) {
        return new Scalar<>(
                kind,
                expected,
                quoted,
                secret,
                (text, reading) -> parser.parse(text, reading).map(to),
                value -> shown.apply(from.apply(value)),
                schema);
    }

    /// The same, but never shown, and readable from a file.
    Scalar<T> hidden() {
        return new Scalar<>(kind, expected, quoted, true, parser, shown, Schemas.orFile(schema));
    }

    @Override
    public @Nullable T read(Found found, FileReading reading) {
        String text = text(found, reading);
        if (text == null) return null;
        return switch (parser.parse(text, reading)) {
            case ParsedText.Value<T>(var value) -> value;
            case ParsedText.Other<T> _ ->
                found.raw() instanceof TomlTable
                        ? fault("a text of " + text.length() + " characters in the file", found, reading)
                        : fault(found.described(secret), found, reading);
            case ParsedText.Wrong<T>(var words) -> {
                reading.fault(found.place(), words);
                yield null;
            }
        };
    }

    private @Nullable String text(Found found, FileReading reading) {
        return switch (found.raw()) {
            case String text -> reading.expanded(text, found.place());
            case TomlTable table when secret -> SecretFile.read(table, found.place(), reading);
            case Long number when !quoted -> number.toString();
            case Double number when !quoted -> number.toString();
            case Boolean flag when !quoted -> flag.toString();
            default -> {
                fault(found.described(secret), found, reading);
                yield null;
            }
        };
    }

    private @Nullable T fault(String described, Found found, FileReading reading) {
        reading.fault(found.place(), "expected " + expected + ", found " + described);
        return null;
    }

    @Override
    public String show(T value) {
        return secret ? HIDDEN : shown.apply(value);
    }

    @Override
    public String literal(T value) {
        String text = show(value);
        return !quoted && BARE.matcher(text).matches() ? text : "\"" + Toml.tomlEscape(text) + "\"";
    }
}
