package dev.fairlead.core.allow;

import dev.fairlead.core.eth.Method;
import dev.fairlead.core.jsonrpc.Slice;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Lists of what a caller may reach. A call must fit each of them, and any one entry of it; an empty list says nothing.
///
/// @param methods with stars; a tenant's own stand in its policy instead
/// @param addresses of contracts, and of other accounts
/// @param agents how clients call themselves, with stars
/// @param trusted methods in small letters that pass a list of addresses although it is not known where they name one
public record AllowLists(
        List<String> methods,
        Set<ContractAddress> addresses,
        List<OriginPattern> origins,
        List<String> agents,
        Set<String> trusted) {
    public static final AllowLists NONE = new AllowLists(List.of(), Set.of(), List.of(), List.of());

    public AllowLists {
        methods = List.copyOf(methods);
        addresses = Set.copyOf(addresses);
        origins = List.copyOf(origins);
        agents = List.copyOf(agents);
        trusted = Set.copyOf(trusted);
    }

    /// Trusts the methods that it names without a star.
    public AllowLists(
            List<String> methods, Set<ContractAddress> addresses, List<OriginPattern> origins, List<String> agents) {
        this(methods, addresses, origins, agents, wholeNames(methods));
    }

    private static Set<String> wholeNames(List<String> patterns) {
        return patterns.stream()
                .filter(pattern -> !pattern.contains("*"))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The same lists of a tenant that opens these methods, with stars.
    public AllowLists opening(List<String> opened) {
        return new AllowLists(methods, addresses, origins, agents, wholeNames(opened));
    }

    public boolean isNone() {
        return methods.isEmpty() && addresses.isEmpty() && origins.isEmpty() && agents.isEmpty();
    }

    /// Whether each call has to be looked at, and not its sender alone.
    boolean isAboutCalls() {
        return !methods.isEmpty() || !addresses.isEmpty();
    }

    /// What speaks against a sender, by what it says of itself.
    ///
    /// @param origin of the page that calls; null for whoever is none
    /// @return null when nothing does
    public @Nullable ListObjection objection(@Nullable String origin, @Nullable String agent) {
        if (!origins.isEmpty() && !OriginPattern.match(origins, origin)) {
            return new ListObjection(
                    "origins",
                    origin == null
                            ? "only pages of certain origins may call with this key, and the request has no Origin"
                            : "pages of this origin may not call with this key; ask for it to be added to the list");
        }
        if (!agents.isEmpty() && !isOneOf(agents, agent)) {
            return new ListObjection(
                    "agents", "this User-Agent may not call with this key; ask for it to be added to the list");
        }
        return null;
    }

    /// What speaks against a call.
    ///
    /// @return null when nothing does
    @Nullable
    ListObjection objectionTo(Method method, Slice params) {
        if (!methods.isEmpty() && !isOneOf(methods, method.name())) {
            return new ListObjection("methods", "the method is not on the caller's list");
        }
        if (addresses.isEmpty()) return null;
        boolean isTrusted = trusted.contains(method.name().toLowerCase(Locale.ROOT));
        String text = NamedContracts.objection(addresses, method, isTrusted, params);
        return text == null ? null : new ListObjection("addresses", text);
    }

    private static boolean isOneOf(List<String> patterns, @Nullable String text) {
        if (text == null) return false;
        for (String pattern : patterns) if (TextPattern.matches(pattern, text)) return true;
        return false;
    }
}
