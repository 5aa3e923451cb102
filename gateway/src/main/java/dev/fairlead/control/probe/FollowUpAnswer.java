package dev.fairlead.control.probe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a node answered to a [FollowUp].
///
/// @param blocks that the node showed
/// @param ancestry null for a check that did not ask for it
public record FollowUpAnswer(
        FollowUp followUp, List<SeenBlock> blocks, @Nullable Ancestry ancestry) {}
