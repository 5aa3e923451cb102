/// Whole stories: real nodes, real clients, a real gateway process.
@NullMarked
package dev.fairlead.scenario;

import org.jspecify.annotations.NullMarked;
