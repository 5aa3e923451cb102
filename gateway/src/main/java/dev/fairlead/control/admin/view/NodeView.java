package dev.fairlead.control.admin.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One node as it is shown. No secret is in it: URLs are masked, headers are named only.
///
/// @param leader whether it is declared to measure the others of its chain
/// @param measures whether it does so now
/// @param headers names only
/// @param plan how much it may be asked
/// @param serves whether calls go to it as far as verdict and mode say
/// @param ejected why the gateway spares it at the moment, or null
/// @param inFlight calls that it works on, or null where that is not known
/// @param since when the verdict's word last changed
/// @param peers null where the node does not tell
/// @param latencyMillis of the last probe that was answered, or null
/// @param remarks on the order that this answers; else empty
public record NodeView(
        String chain,
        String name,
        String role,
        boolean leader,
        boolean measures,
        String url,
        @Nullable String wsUrl,
        List<String> headers,
        boolean basicAuth,
        boolean tls,
        Map<String, String> labels,
        int weight,
        int capacity,
        SpendingView plan,
        String mode,
        String origin,
        String verdict,
        String evidence,
        boolean serves,
        @Nullable String ejected,
        List<String> spared,
        @Nullable Integer inFlight,
        @Nullable HeadView head,
        @Nullable LagView lag,
        @Nullable Instant since,
        @Nullable String client,
        @Nullable Integer peers,
        @Nullable Double latencyMillis,
        List<String> remarks) {}
