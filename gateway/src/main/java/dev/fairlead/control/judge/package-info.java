/// What the nodes of a chain are measured against, and where each of them stands. Pure: the declared chain, what is
/// remembered of it ([ChainMemory]) and of each node ([NodeEvidence]), and the time come in; what is remembered next,
/// the chain's state with a verdict for each node, and what to ask which nodes before the next round go out. Read
/// [ChainJudgement] first, then [Agreement] and [Measure].
@NullMarked
package dev.fairlead.control.judge;

import org.jspecify.annotations.NullMarked;
