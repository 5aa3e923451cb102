package dev.fairlead.control.admin;

import java.util.Map;

/// One answer of the admin API.
record Said(int status, String contentType, String body, Map<String, String> headers) {
    static Said json(int status, Object view) {
        return new Said(status, "application/json", Json.text(view), Map.of());
    }

    static Said text(String contentType, String body) {
        return new Said(200, contentType, body, Map.of());
    }

    static Said problem(Problem problem) {
        return new Said(problem.status(), "application/problem+json", Json.text(problem), Map.of());
    }

    Said with(String header, String value) {
        return new Said(status, contentType, body, Map.of(header, value));
    }
}
