/// Calls put to scripted nodes, on a loop and a clock that the test moves.
@NullMarked
package dev.fairlead.data.dispatch;

import org.jspecify.annotations.NullMarked;
