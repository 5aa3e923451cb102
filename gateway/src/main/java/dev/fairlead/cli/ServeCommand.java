package dev.fairlead.cli;

import dev.fairlead.cli.Gateways.Running;
import dev.fairlead.cli.Gateways.Unusable;
import dev.fairlead.config.Settings;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "serve",
        description = "Start a gateway. SIGHUP makes it read its configuration again, SIGTERM ends it gracefully.",
        footer = {
            "",
            "  fairlead serve --node http://127.0.0.1:8545",
            "  fairlead serve --config fairlead.toml",
        })
final class ServeCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger("fairlead.serve");

    private final Gateways gateways;

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    ServeCommand(Gateways gateways) {
        this.gateways = gateways;
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = configuration.read(log::warn);
        Logs.use(settings.logs().style(), settings.logs().level());
        Running gateway = gateways.start(settings, () -> configuration.read(log::warn));
        var closed = new CountDownLatch(1);
        Signals.onHangUp(() -> reload(gateway));
        Signals.onEnd(() -> {
            log.info("stopping: finishing the calls in flight");
            gateway.close();
            log.info("stopped");
            closed.countDown();
        });
        tell(gateway);
        closed.await();
        return ExitCode.DONE;
    }

    private static void tell(Running gateway) {
        log.atInfo()
                .addKeyValue("version", Version.current())
                .log("serving {}; admin {}", String.join(", ", gateway.endpoints()), gateway.admin());
        if (gateway.isWithoutNodes()) {
            log.warn("no node is registered yet: add one with  fairlead nodes add http://127.0.0.1:8545");
        }
    }

    private static void reload(Running gateway) {
        try {
            List<String> changes = gateway.reload();
            if (changes.isEmpty()) log.info("reloaded; nothing changed");
        } catch (Unusable unusable) {
            unusable.faults().forEach(log::error);
            log.error("not reloaded; the gateway goes on as it was");
        }
    }
}
