package dev.fairlead.control.admin.http;

import dev.fairlead.control.admin.http.Problem.Kind;
import dev.fairlead.control.store.StoreFailure;
import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.net.RequestMark;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the route that answers a request, or the reason why none does.
public record AdminRouter(AdminAuthorization access, List<AdminRoute> routes, RequestMark mark, Faults faults) {
    /// The last one is curl's default.
    private static final List<String> TAKEN =
            List.of("application/json", "application/problem+json", "application/x-www-form-urlencoded");

    /// The answer that follows from the head alone, or null when the body is needed.
    @Nullable
    AdminAnswer atOnce(HttpHead head) {
        if (isOwn(head)) return AdminAnswer.loop();
        Problem objection = head.path().equals("/healthz") ? null : objection(head);
        if (objection == null) objection = unfit(head);
        if (objection == null) return null;
        AdminAnswer answer = AdminAnswer.problem(objection);
        return objection.status() == Kind.UNAUTHORIZED.status()
                ? answer.with("WWW-Authenticate", "Bearer realm=\"fairlead\"")
                : answer;
    }

    private boolean isOwn(HttpHead head) {
        String past = RequestMark.past(head.fields().getOrDefault(RequestMark.HEADER, List.of()));
        return past != null && mark.isLoop(past);
    }

    /// If the target is a whole URL, its host counts and not the Host header's; neither may be a foreign name.
    private @Nullable Problem objection(HttpHead head) {
        String authorization = head.first("authorization");
        String origin = head.first("origin");
        Problem first =
                access.objection(authorization, head.first("host"), origin).orElse(null);
        if (first != null || head.authority() == null) return first;
        return access.objection(authorization, head.authority(), null).orElse(null);
    }

    private static @Nullable Problem unfit(HttpHead head) {
        String expected = head.first("expect");
        if (expected != null && !expected.equalsIgnoreCase("100-continue")) {
            return Problem.of(Kind.EXPECTATION, "expected no Expect but 100-continue, found another", "leave it out");
        }
        if (!head.hasBody()) return null;
        if (head.length() > HttpReader.LARGEST_BODY)
            return HttpFault.tooLarge(HttpReader.LARGEST_BODY).problem();
        String coding = head.first("content-encoding");
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            return Problem.of(Kind.MEDIA_TYPE, "expected a body that is not compressed, found one", "send it plain");
        }
        String type = head.first("content-type");
        if (type == null || TAKEN.contains(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))) return null;
        return Problem.of(Kind.MEDIA_TYPE, "expected Content-Type: application/json, found another", "send JSON");
    }

    /// Where a request leads.
    sealed interface Destination {}

    /// @param parameters of the path
    /// @param query behind the question mark, as it was sent
    record Found(
            AdminRoute route,
            Map<String, String> parameters,
            @Nullable String query) implements Destination {
        /// What tells requests that get the same answer at the same moment; null for one that is to be done.
        @Nullable
        String sameAnswer() {
            if (!route.verb().equals("GET")) return null;
            return route.template() + parameters + (route.query() == null ? "" : "?" + query);
        }
    }

    record Nowhere(AdminAnswer why) implements Destination {}

    Destination find(HttpHead head) {
        String verb = head.verb().equals("HEAD") ? "GET" : head.verb();
        return switch (PathSegments.of(head.path())) {
            case ParsedRequest.Bad<List<String>>(var problem) -> new Nowhere(AdminAnswer.problem(problem));
            case ParsedRequest.Good<List<String>>(var path) -> find(head, verb, path);
        };
    }

    private Destination find(HttpHead head, String verb, List<String> path) {
        var allowed = new ArrayList<String>();
        for (AdminRoute adminRoute : routes) {
            Map<String, String> parameters = adminRoute.match(path).orElse(null);
            if (parameters == null) continue;
            if (adminRoute.verb().equals(verb)) return new Found(adminRoute, parameters, head.query());
            allowed.add(adminRoute.verb());
        }
        if (allowed.isEmpty()) {
            return new Nowhere(AdminAnswer.problem(
                    Problem.of(Kind.UNKNOWN, "there is nothing at this path", "GET / lists what there is")));
        }
        String verbs = String.join(", ", allowed);
        return new Nowhere(AdminAnswer.problem(
                        Problem.of(Kind.VERB, "expected " + verbs + " at this path, found another verb", "use it"))
                .with("Allow", verbs));
    }

    AdminAnswer answer(Found found, HttpHead head, ByteBuffer body) {
        try {
            return answered(found, head, text(body));
        } catch (CharacterCodingException _) {
            return AdminAnswer.problem(
                    Problem.of(Kind.INVALID, "expected a body in UTF-8, found other bytes", "encode it so"));
        } catch (StoreFailure failure) {
            return AdminAnswer.problem(
                    Problem.of(Kind.UNAVAILABLE, String.valueOf(failure.getMessage()), "see to the store"));
        } catch (RuntimeException | Error bug) {
            faults.fault(Part.ADMIN, "a request to the admin API failed", bug);
            return AdminAnswer.problem(Problem.of(
                    Kind.INTERNAL,
                    "expected an answer, found " + bug.getClass().getSimpleName(),
                    "the log has the whole story; please report it"));
        }
    }

    private static String text(ByteBuffer body) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(body.duplicate()).toString();
    }

    private AdminAnswer answered(Found found, HttpHead head, String body) {
        String who = Caller.of(access.asksForToken(), head.first("x-fairlead-who"));
        AdminRoute adminRoute = found.route();
        return QueryParameters.read(head.query(), adminRoute.query())
                .then(query -> adminRoute.handler().apply(new AdminRequest(found.parameters(), query, who, body)));
    }
}
