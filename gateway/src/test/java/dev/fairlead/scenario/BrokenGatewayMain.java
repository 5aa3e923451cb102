package dev.fairlead.scenario;

import dev.fairlead.cli.FairleadCommand;
import dev.fairlead.cli.Gateways.Running;
import java.util.List;

/// A process whose gateway has lost an event loop, and does not stop by itself.
final class BrokenGatewayMain {
    private BrokenGatewayMain() {}

    public static void main(String[] arguments) {
        System.exit(
                FairleadCommand.commandLine((_, _) -> new Broken(), arguments).execute(arguments));
    }

    private record Broken() implements Running {
        @Override
        public List<String> endpoints() {
            return List.of();
        }

        @Override
        public String admin() {
            return "nowhere";
        }

        @Override
        public boolean isWithoutNodes() {
            return false;
        }

        @Override
        public List<String> reload() {
            return List.of();
        }

        @Override
        public void onBroken(Runnable action) {
            Thread.ofVirtual().start(action);
        }

        @Override
        public void fault(String doing, Throwable fault) {}

        @Override
        public void close() {}
    }
}
