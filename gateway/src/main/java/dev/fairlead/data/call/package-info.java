/// What travels through the data plane, and how the stages of its way join. A [Call] comes in and goes from stage
/// to stage until one answers it; its [Answer] goes out the same way back.
///
/// Read [Call] first, then [Stage] and [Answer].
@NullMarked
package dev.fairlead.data.call;

import org.jspecify.annotations.NullMarked;
