package dev.fairlead.control.admin.http;

import java.util.function.Function;

/// What was read from a request, or what is wrong with it.
public sealed interface ParsedRequest<T> {
    record Good<T>(T value) implements ParsedRequest<T> {}

    record Bad<T>(Problem problem) implements ParsedRequest<T> {}

    default AdminAnswer then(Function<T, AdminAnswer> answer) {
        return switch (this) {
            case Good<T>(var value) -> answer.apply(value);
            case Bad<T>(var problem) -> AdminAnswer.problem(problem);
        };
    }
}
