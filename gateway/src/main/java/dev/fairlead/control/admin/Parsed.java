package dev.fairlead.control.admin;

import java.util.function.Function;

/// What was read of a request, or what is wrong with it.
sealed interface Parsed<T> {
    record Good<T>(T value) implements Parsed<T> {}

    record Bad<T>(Problem problem) implements Parsed<T> {}

    default Said then(Function<T, Said> answer) {
        return switch (this) {
            case Good<T>(var value) -> answer.apply(value);
            case Bad<T>(var problem) -> Said.problem(problem);
        };
    }
}
