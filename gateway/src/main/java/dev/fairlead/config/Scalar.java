package dev.fairlead.config;

import dev.fairlead.config.file.FilePlace;
import dev.fairlead.config.file.FileReading;
import dev.fairlead.config.file.SecretFile;
import dev.fairlead.core.jsonrpc.Counted;
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
public record Scalar<T>(
        String kind,
        String expected,
        boolean quoted,
        boolean secret,
        Parser<T> parser,
        Function<T, String> shown,
        Map<String, Object> schema)
        implements ValueType<T> {
    private static final Pattern BARE = Pattern.compile("-?[0-9]+([.][0-9]+)?|true|false");

    interface Parser<T> {
        ParsedText<T> parse(String text, FileReading reading);
    }

    public <U> Scalar<U> as(Function<T, U> to, Function<U, T> from) {
        return new Scalar<>(
                kind,
                expected,
                quoted,
                secret,
                (text, reading) -> parser.parse(text, reading).map(to),
                value -> shown.apply(from.apply(value)),
                schema);
    }

    /// The same of fewer texts.
    public <U> Scalar<U> refined(Function<T, ParsedText<U>> judge, Function<U, T> from) {
        return new Scalar<>(
                kind,
                expected,
                quoted,
                secret,
                (text, reading) -> parser.parse(text, reading).then(judge),
                value -> shown.apply(from.apply(value)),
                schema);
    }

    /// The same, but never shown, and readable from a file.
    public Scalar<T> hidden() {
        return new Scalar<>(kind, expected, quoted, true, parser, shown, Schemas.orFile(schema));
    }

    @Override
    public @Nullable T read(RawValue raw, FileReading reading) {
        String text = text(raw, reading);
        if (text == null) return null;
        return switch (parser.parse(text, reading)) {
            case ParsedText.Value<T>(var value) -> value;
            case ParsedText.Other<T> _ ->
                raw.raw() instanceof TomlTable
                        ? fault("a text of " + Counted.of(text.length(), "character") + " in the file", raw, reading)
                        : fault(raw.described(secret), raw, reading);
            case ParsedText.Wrong<T>(var words) -> {
                reading.fault(raw.place(), words);
                yield null;
            }
        };
    }

    private @Nullable String text(RawValue raw, FileReading reading) {
        return switch (raw.raw()) {
            case String text -> reading.expanded(text, raw.place());
            case TomlTable table when secret -> SecretFile.read(table, raw.place(), reading);
            case Long number when !quoted -> number.toString();
            case Double number when !quoted -> RawValue.plain(number);
            case Boolean flag when !quoted -> flag.toString();
            default -> {
                fault(raw.described(secret), raw, reading);
                yield null;
            }
        };
    }

    private @Nullable T fault(String described, RawValue raw, FileReading reading) {
        reading.fault(raw.place(), "expected " + expected + ", found " + described);
        return null;
    }

    @Override
    public String show(T value) {
        return secret ? FilePlace.UNSHOWN : shown.apply(value);
    }

    /// That there is no value is no secret.
    @Override
    public String literal(T value) {
        String text = shown.apply(value).isEmpty() ? "" : show(value);
        return !quoted && BARE.matcher(text).matches() ? text : "\"" + Toml.tomlEscape(text) + "\"";
    }
}
