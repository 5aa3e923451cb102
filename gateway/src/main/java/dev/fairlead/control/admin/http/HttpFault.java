package dev.fairlead.control.admin.http;

import java.io.IOException;

/// A request that cannot be read; the connection ends with its answer.
final class HttpFault extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    HttpFault(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
