/// What happens becomes metrics, log lines and a short history; the logic never sees a counter. Events come in, and
/// at a scrape the Fleet; log lines and metrics for Prometheus go out.
///
/// Read [Events] first, then [Metrics] and [LogEvents].
@NullMarked
package dev.fairlead.core.telemetry;

import org.jspecify.annotations.NullMarked;
