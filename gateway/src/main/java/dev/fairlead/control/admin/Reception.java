package dev.fairlead.control.admin;

import dev.fairlead.control.admin.Problem.Kind;
import dev.fairlead.control.store.StoreFailure;
import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.upstream.Hop;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds who answers a request, or why nobody does.
record Reception(Gatekeeper gatekeeper, List<Route> routes, Hop hop, Faults faults) {
    /// The last is what curl says of itself.
    private static final List<String> TAKEN =
            List.of("application/json", "application/problem+json", "application/x-www-form-urlencoded");

    /// What the head alone tells to answer, or null when the body is wanted.
    @Nullable
    Said atOnce(HttpHead head) {
        if (isOwn(head)) return Said.loop();
        Problem objection = head.path().equals("/healthz") ? null : objection(head);
        if (objection == null) objection = unfit(head);
        if (objection == null) return null;
        Said said = Said.problem(objection);
        return objection.status() == Kind.UNAUTHORIZED.status()
                ? said.with("WWW-Authenticate", "Bearer realm=\"fairlead\"")
                : said;
    }

    private boolean isOwn(HttpHead head) {
        String past = Hop.past(head.fields().getOrDefault(Hop.HEADER, List.of()));
        return past != null && hop.isLoop(past);
    }

    /// A target that is a whole URL counts before the Host, and neither may be a stranger's.
    private @Nullable Problem objection(HttpHead head) {
        String authorization = head.first("authorization");
        String origin = head.first("origin");
        Problem first =
                gatekeeper.objection(authorization, head.first("host"), origin).orElse(null);
        if (first != null || head.authority() == null) return first;
        return gatekeeper.objection(authorization, head.authority(), null).orElse(null);
    }

    private static @Nullable Problem unfit(HttpHead head) {
        String expected = head.first("expect");
        if (expected != null && !expected.equalsIgnoreCase("100-continue")) {
            return Problem.of(Kind.EXPECTATION, "expected no Expect but 100-continue, found another", "leave it out");
        }
        if (!head.hasBody()) return null;
        if (head.length() > HttpReader.LARGEST_BODY) return HttpReader.tooLarge();
        String coding = head.first("content-encoding");
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            return Problem.of(Kind.MEDIA_TYPE, "expected a body that is not compressed, found one", "send it plain");
        }
        String type = head.first("content-type");
        if (type == null || TAKEN.contains(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))) return null;
        return Problem.of(Kind.MEDIA_TYPE, "expected Content-Type: application/json, found another", "send JSON");
    }

    Said answer(HttpHead head, String body) {
        try {
            return routed(head, body);
        } catch (StoreFailure failure) {
            return Said.problem(Problem.of(Kind.UNAVAILABLE, String.valueOf(failure.getMessage()), "see to the store"));
        } catch (RuntimeException | Error bug) {
            faults.fault(Part.ADMIN, "a request to the admin API failed", bug);
            return Said.problem(Problem.of(
                    Kind.INTERNAL,
                    "expected an answer, found " + bug.getClass().getSimpleName(),
                    "the log has the whole story; please report it"));
        }
    }

    private Said routed(HttpHead head, String body) {
        String verb = head.verb().equals("HEAD") ? "GET" : head.verb();
        return switch (Segments.of(head.path())) {
            case Parsed.Bad<List<String>>(var problem) -> Said.problem(problem);
            case Parsed.Good<List<String>>(var path) -> routed(head, verb, path, body);
        };
    }

    private Said routed(HttpHead head, String verb, List<String> path, String body) {
        var allowed = new ArrayList<String>();
        for (Route route : routes) {
            Map<String, String> places = route.match(path).orElse(null);
            if (places == null) continue;
            if (route.verb().equals(verb)) return said(route, places, head, body);
            allowed.add(route.verb());
        }
        if (allowed.isEmpty()) {
            return Said.problem(Problem.of(Kind.UNKNOWN, "there is nothing at this path", "GET / lists what there is"));
        }
        String verbs = String.join(", ", allowed);
        return Said.problem(Problem.of(Kind.VERB, "expected " + verbs + " at this path, found another verb", "use it"))
                .with("Allow", verbs);
    }

    private Said said(Route route, Map<String, String> places, HttpHead head, String body) {
        String who = Who.of(gatekeeper.asksForToken(), head.first("x-fairlead-who"));
        return Query.read(head.query(), route.query())
                .then(query -> route.handler().apply(new ApiRequest(places, query, who, body)));
    }
}
