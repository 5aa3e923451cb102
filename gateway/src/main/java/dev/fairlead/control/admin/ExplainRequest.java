package dev.fairlead.control.admin;

import dev.fairlead.control.admin.http.ParsedRequest;
import dev.fairlead.control.admin.http.Problem;
import dev.fairlead.control.admin.http.Problem.Kind;
import dev.fairlead.control.admin.view.Explainer.Caller;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.policy.Tenant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A call that is to be explained, not sent.
record ExplainRequest(String chain, Caller caller, Request request) {
    static final List<String> MEMBERS = List.of("chain", "tenant", "origin", "userAgent", "method", "params");

    private static final List<String> TEXTS = List.of("tenant", "origin", "userAgent");

    /// @param chains that are declared: the only one is meant when none is named
    static ParsedRequest<ExplainRequest> read(JsonNode body, List<String> chains) {
        for (String member : body.propertyNames()) {
            if (!MEMBERS.contains(member)) return bad("unknown member; known are " + String.join(", ", MEMBERS));
        }
        JsonNode method = body.path("method");
        if (!method.isString() || method.stringValue().isEmpty()) return bad("method: expected the name of a method");
        JsonNode params = body.path("params");
        boolean noParams = params.isMissingNode() || params.isNull();
        if (!noParams && !params.isArray() && !params.isObject()) return bad("params: expected an array or an object");
        JsonNode chain = body.path("chain");
        boolean noChain = chain.isMissingNode() || chain.isNull();
        if (!noChain && !chain.isString()) return bad("chain: expected a text");
        if (noChain && chains.size() != 1) {
            return bad("chain: expected one, there "
                    + (chains.isEmpty() ? "is none yet" : "are " + String.join(", ", chains)));
        }
        for (String member : TEXTS) if (!isText(body.path(member))) return bad(member + ": expected a text");
        String tenant = text(body.path("tenant"));
        return new ParsedRequest.Good<>(new ExplainRequest(
                noChain ? chains.getFirst() : chain.stringValue(),
                new Caller(
                        tenant == null ? Tenant.PUBLIC : new Tenant(tenant),
                        text(body.path("origin")),
                        text(body.path("userAgent"))),
                Request.of(method.stringValue(), noParams ? "" : params.toString())));
    }

    private static boolean isText(JsonNode member) {
        return member.isMissingNode() || member.isNull() || member.isString();
    }

    private static @Nullable String text(JsonNode member) {
        return member.isString() ? member.stringValue() : null;
    }

    private static ParsedRequest<ExplainRequest> bad(String found) {
        return new ParsedRequest.Bad<>(Problem.of(Kind.INVALID, found, "correct the body, /openapi.json describes it"));
    }
}
