/// What clients of a chain were shown, so that no later answer goes back behind it: heads, hashes, what they sent.
/// Answers come in as they leave; out goes the height below which no answer may go. Read [Floor] first.
@NullMarked
package dev.fairlead.data.shown;

import org.jspecify.annotations.NullMarked;
