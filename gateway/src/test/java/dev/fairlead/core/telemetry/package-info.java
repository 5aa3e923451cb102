@NullMarked
package dev.fairlead.core.telemetry;

import org.jspecify.annotations.NullMarked;
