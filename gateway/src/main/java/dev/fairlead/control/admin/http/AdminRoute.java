package dev.fairlead.control.admin.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One line of the admin API: verb, path, what it is for, and what answers.
///
/// @param template a path in which `{name}` stands for one segment
/// @param query the parameters that are known, or null where programs may send any
/// @param lane in which its requests wait for their turn
public record AdminRoute(
        String verb,
        String template,
        String purpose,
        @Nullable List<String> query,
        Function<AdminRequest, AdminAnswer> handler,
        Lane lane) {
    public AdminRoute(
            String verb,
            String template,
            String purpose,
            @Nullable List<String> query,
            Function<AdminRequest, AdminAnswer> handler) {
        this(verb, template, purpose, query, handler, verb.equals("GET") ? Lane.LOOK : Lane.ORDER);
    }

    public AdminRoute(String verb, String template, String purpose, Function<AdminRequest, AdminAnswer> handler) {
        this(verb, template, purpose, List.of(), handler);
    }

    /// The same for answers that may be long.
    public AdminRoute asList() {
        return new AdminRoute(verb, template, purpose, query, handler, Lane.LIST);
    }

    /// What is answered one after the other, so that no kind of request takes the time or the memory of another.
    public enum Lane {
        /// Small answers, made of what is in memory, and those of scrapes.
        LOOK(2),
        /// Lists, which may be long.
        LIST(4),
        /// Orders, and whatever else works on a body.
        ORDER(1);

        private static final int MEBIBYTE = 1024 * 1024;

        private final int mebibytes;

        Lane(int mebibytes) {
            this.mebibytes = mebibytes;
        }

        /// No further answer is made while clients have not taken so many bytes of those before.
        int mostUnread() {
            return mebibytes * MEBIBYTE;
        }
    }

    /// The values of the template's parameters, or empty when the path does not match.
    Optional<Map<String, String>> match(List<String> path) {
        List<String> wanted = List.of(template.split("/", -1));
        if (wanted.size() != path.size()) return Optional.empty();
        var parameters = new HashMap<String, String>();
        for (int i = 0; i < wanted.size(); i++) {
            String want = wanted.get(i);
            if (want.startsWith("{")) parameters.put(want.substring(1, want.length() - 1), path.get(i));
            else if (!want.equals(path.get(i))) return Optional.empty();
        }
        return Optional.of(parameters);
    }
}
