package dev.fairlead.cli;

import dev.fairlead.config.keys.Settings;
import java.util.List;
import java.util.function.Supplier;

/// Starts a gateway; the seam between the commands and the wiring.
public interface Gateways {
    /// @param settings to start with
    /// @param reread reads the configuration again for a reload; throws [Unusable] when it has faults
    /// @throws CannotStart when a port is in use, a directory cannot be written and the like
    Running start(Settings settings, Supplier<Settings> reread);

    /// A gateway that serves.
    interface Running extends AutoCloseable {
        /// Where clients connect, as URLs.
        List<String> endpoints();

        /// Where the admin API answers, as a URL.
        String admin();

        /// Whether there is nothing to serve from yet.
        boolean isWithoutNodes();

        /// Reads the configuration again and applies it whole or not at all.
        ///
        /// @return what changed, one line each
        /// @throws Unusable when the configuration has faults; everything stays as it was
        List<String> reload();

        /// Runs `action` once the gateway has lost what it cannot get back: the process must be started again.
        void onBroken(Runnable action);

        /// Reports a fault that nothing caught.
        ///
        /// @param doing what went wrong
        void fault(String doing, Throwable fault);

        /// Stops accepting, finishes what is in flight, closes. Returns when all is done.
        @Override
        void close();
    }

    /// The gateway cannot start; the message says what was expected, what was found and what to do.
    final class CannotStart extends RuntimeException {
        private static final long serialVersionUID = 1;

        public CannotStart(String message) {
            super(message);
        }
    }

    /// A configuration with faults, one line each.
    final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient List<String> faults;

        public Unusable(List<String> faults) {
            super(String.join(System.lineSeparator(), faults));
            this.faults = List.copyOf(faults);
        }

        public List<String> faults() {
            return faults;
        }
    }
}
