/// What the nodes of a chain are measured against, and where each of them stands. Pure: what is remembered of the nodes
/// comes in, verdicts go out. Read [ChainJudgement] first.
@NullMarked
package dev.fairlead.control.judge;

import org.jspecify.annotations.NullMarked;
