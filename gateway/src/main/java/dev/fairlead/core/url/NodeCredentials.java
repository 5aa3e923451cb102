package dev.fairlead.core.url;

import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a node's declaration says of user and password, which may stand beside its URLs or in them. Decided
/// here for the file, the command line, the admin API and the store.
public sealed interface NodeCredentials {
    /// The declaration says nothing of them.
    record Unsaid() implements NodeCredentials {}

    /// @param auth null where there are to be none
    record Settled(@Nullable BasicAuth auth) implements NodeCredentials {}

    record Faulty(Set<Fault> faults) implements NodeCredentials {}

    enum Fault {
        /// Two places say different things.
        SEVERAL,
        USER,
        PASSWORD
    }

    /// @param said beside the URLs
    static NodeCredentials of(@Nullable BasicAuth said, @Nullable BasicAuth inUrl, @Nullable BasicAuth inWsUrl) {
        List<BasicAuth> all = Stream.of(Stream.ofNullable(said), Stream.ofNullable(inUrl), Stream.ofNullable(inWsUrl))
                .flatMap(each -> each)
                .distinct()
                .toList();
        if (all.isEmpty()) return new Unsaid();
        if (all.size() > 1) return new Faulty(EnumSet.of(Fault.SEVERAL));
        BasicAuth auth = all.getFirst();
        if (auth.user().isEmpty() && auth.password().isEmpty()) return new Settled(null);
        Set<Fault> faults = faults(auth, said == null);
        return faults.isEmpty() ? new Settled(auth) : new Faulty(faults);
    }

    /// @param inUrl where a key may stand in place of the user
    private static Set<Fault> faults(BasicAuth auth, boolean inUrl) {
        var faults = EnumSet.noneOf(Fault.class);
        if (!NodeText.isUser(auth.user())) faults.add(Fault.USER);
        boolean without = inUrl && auth.password().isEmpty();
        if (!without && !NodeText.isPassword(auth.password())) faults.add(Fault.PASSWORD);
        return faults;
    }
}
