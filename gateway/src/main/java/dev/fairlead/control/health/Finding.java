package dev.fairlead.control.health;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a node answered to a [Check].
///
/// @param blocks that the node showed
/// @param descent null for a check that did not ask for it
record Finding(Check check, List<Block> blocks, @Nullable Descent descent) {}
