package dev.fairlead.config;

import java.util.function.Function;

/// The result of reading one text: a value, or the reason why it is none.
public sealed interface ParsedText<T> {
    record Value<T>(T value) implements ParsedText<T> {}

    /// Not of the expected form; the caller says what was expected and what was found.
    record Other<T>() implements ParsedText<T> {}

    /// Wrong in a way that gets its own message, which shows no secret.
    record Wrong<T>(String text) implements ParsedText<T> {}

    default <U> ParsedText<U> then(Function<T, ParsedText<U>> to) {
        return switch (this) {
            case Value<T>(var value) -> to.apply(value);
            case Other<T> _ -> new Other<>();
            case Wrong<T>(var text) -> new Wrong<>(text);
        };
    }

    default <U> ParsedText<U> map(Function<T, U> to) {
        return switch (this) {
            case Value<T>(var value) -> new Value<>(to.apply(value));
            case Other<T> _ -> new Other<>();
            case Wrong<T>(var text) -> new Wrong<>(text);
        };
    }
}
