package dev.fairlead.control.admin.http;

import dev.fairlead.control.admin.http.Problem.Kind;
import java.io.IOException;

/// A request that cannot be read; the connection ends with its answer.
final class HttpFault extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    HttpFault(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    static HttpFault of(Kind kind, String found, String remedy) {
        return new HttpFault(Problem.of(kind, found, remedy));
    }

    static HttpFault bad(String found) {
        return of(Kind.INVALID, found, "send HTTP by the letter of RFC 9112");
    }

    static HttpFault tooLarge(int most) {
        return of(Kind.TOO_LARGE, "expected a body of at most " + most + " bytes, found more", "shorten it");
    }

    Problem problem() {
        return problem;
    }
}
