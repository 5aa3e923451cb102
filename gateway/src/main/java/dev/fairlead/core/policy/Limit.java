package dev.fairlead.core.policy;

import dev.fairlead.core.allow.OriginPattern;
import dev.fairlead.core.allow.TextPattern;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// How many credits certain calls may take together in a time. A call takes one, unless it is said that its method
/// takes more.
///
/// @param key where it is declared, `limits[0]`; names it in metrics and explanations
/// @param per what is counted apart from each other; nothing is all calls together
/// @param credits how many in each window
/// @param burst how many at once; of no use where the window is fixed
/// @param isFixed whether all credits come back at the end of a window, which begins at a whole multiple of its length;
/// otherwise they come back evenly
/// @param methods which calls count; none is all
/// @param tenant whose calls count; null is everybody's
/// @param chain of which chain; null is any
public record Limit(
        String key,
        List<Per> per,
        long credits,
        Duration window,
        long burst,
        boolean isFixed,
        List<MethodPattern> methods,
        @Nullable String tenant,
        @Nullable String chain,
        Exempt exempt) {
    public Limit {
        per = List.copyOf(per);
        methods = List.copyOf(methods);
    }

    /// What is counted apart from each other.
    public enum Per {
        ADDRESS,
        KEY,
        TENANT,
        CHAIN,
        METHOD,
        /// Who signed the transaction that is submitted; calls without one do not count.
        SENDER
    }

    /// Whether it can only be counted once it is known who signed.
    public boolean isOfSender() {
        return per.contains(Per.SENDER);
    }

    /// Whether all calls of one caller on one chain are counted together.
    public boolean isOfCaller() {
        return !per.contains(Per.METHOD) && !per.contains(Per.SENDER);
    }

    /// A limit with what it is remembered by, which is worked out once for a policy.
    ///
    /// @param identity the same wherever the limit is declared, whoever is exempt, and in every gateway
    public record Identified(Limit limit, String identity) {}

    public Identified identified() {
        return new Identified(this, identity());
    }

    /// What was taken is remembered by this: a limit of another rate is another limit.
    public String identity() {
        var text = new StringJoiner(" ");
        for (Per each : per) text.add("per " + each);
        text.add(credits + " in " + window + (isFixed ? " fixed" : " burst " + burst));
        for (MethodPattern method : methods) text.add("method " + method);
        if (tenant != null) text.add("tenant " + tenant);
        if (chain != null) text.add("chain " + chain);
        return text.toString();
    }

    /// How many credits can be there at once: a call that takes more never passes.
    public long most() {
        return isFixed ? credits : burst;
    }

    /// Whose calls do not count.
    ///
    /// @param origins of pages, `https://*.example.com`
    /// @param agents as user agents call themselves, `uptime-*`
    public record Exempt(List<OriginPattern> origins, List<String> agents, List<String> tenants) {
        public static final Exempt NOBODY = new Exempt(List.of(), List.of(), List.of());

        public Exempt {
            origins = List.copyOf(origins);
            agents = List.copyOf(agents);
            tenants = List.copyOf(tenants);
        }

        boolean has(Tenant caller) {
            return tenants.contains(caller.name());
        }

        /// By what a caller says of itself.
        public boolean has(@Nullable String origin, @Nullable String agent) {
            return OriginPattern.match(origins, origin) || isOneOf(agents, agent);
        }

        private static boolean isOneOf(List<String> patterns, @Nullable String text) {
            if (text == null) return false;
            for (String pattern : patterns) if (TextPattern.matches(pattern, text)) return true;
            return false;
        }
    }

    boolean isFor(Tenant caller, String onChain) {
        return (tenant == null || tenant.equals(caller.name()))
                && (chain == null || chain.equals(onChain))
                && !exempt.has(caller);
    }

    public boolean counts(String method) {
        return MethodPattern.match(methods, method);
    }
}
