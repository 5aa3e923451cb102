/// Events become metrics, log lines and traces; the logic never sees a counter.
@NullMarked
package dev.fairlead.core.telemetry;

import org.jspecify.annotations.NullMarked;
