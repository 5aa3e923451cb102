package dev.fairlead.control.admin.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One chain as it is shown.
///
/// @param id EIP-155 id, or null while it is not known
/// @param stalled since when the whole chain stands still, or null
/// @param lastResort whether calls go to the leader because no other node can serve
/// @param panic groups in which no node is fit and the least bad one is used
/// @param needsKey whether calls without a key are refused
/// @param rentedDaily credits that leaders and rented nodes together may be asked in a day; null for no bound
/// @param rentedToday what they were asked today; null where that is not counted
public record ChainView(
        String name,
        @Nullable Long id,
        ReferenceView reference,
        @Nullable HeadView head,
        @Nullable Instant stalled,
        boolean lastResort,
        List<String> panic,
        boolean needsKey,
        @Nullable Long rentedDaily,
        @Nullable Long rentedToday,
        Counts nodes) {
    /// @param serving nodes that calls go to
    /// @param byVerdict the number of nodes for every verdict's word, 0 included
    public record Counts(int total, int serving, Map<String, Integer> byVerdict) {}
}
