package dev.fairlead;

import dev.fairlead.cli.Gateways.Running;
import dev.fairlead.config.Settings;
import java.util.function.Supplier;

/// Makes every object, in reading order.
final class Wiring {
    private Wiring() {}

    static Running start(Settings settings, Supplier<Settings> reread) {
        throw new UnsupportedOperationException();
    }
}
