package dev.fairlead;

import dev.fairlead.core.telemetry.Exposition;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/// What a scrape reads. The JVM's own metrics join at the first one: JMX, where they come from, takes longer to start
/// than the gateway itself, and is needed only where something scrapes.
final class ScrapeRegistry {
    private final PrometheusRegistry registry;
    private final Exposition exposition;
    private boolean complete;

    ScrapeRegistry(PrometheusRegistry registry) {
        this.registry = registry;
        this.exposition = new Exposition(registry);
    }

    String text() {
        complete();
        return exposition.text();
    }

    private synchronized void complete() {
        if (complete) return;
        JvmMetrics.builder().register(registry);
        complete = true;
    }
}
