/// Keeps watch over every declared node, and is the only one to publish the Fleet. The declarations, samples of probes,
/// heads that nodes push and suspicions of the data plane come in; each chain is judged anew, and the next Fleet,
/// events about what changed, and questions to nodes go out. Read [Monitor] first, then [ChainWatch] and
/// [NodeWatch].
@NullMarked
package dev.fairlead.control.watch;

import org.jspecify.annotations.NullMarked;
