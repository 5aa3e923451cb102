/// Events become metrics, log lines and a short history; the logic never sees a counter.
@NullMarked
package dev.fairlead.core.telemetry;

import org.jspecify.annotations.NullMarked;
