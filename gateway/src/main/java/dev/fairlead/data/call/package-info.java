/// What travels through the data plane, and how the stages of its way join.
@NullMarked
package dev.fairlead.data.call;

import org.jspecify.annotations.NullMarked;
