package dev.fairlead.cli;

import dev.fairlead.cli.Gateways.Running;
import dev.fairlead.cli.Gateways.Unusable;
import dev.fairlead.cli.console.ExitCode;
import dev.fairlead.cli.console.Version;
import dev.fairlead.cli.log.Logs;
import dev.fairlead.config.keys.Settings;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
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

    /// How long calls on the remaining event loops may take when one of the loops has ended.
    private static final Duration LAST_MOMENT = Duration.ofSeconds(10);

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
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, fault) -> log.error("the thread {} ended because of a fault", thread.getName(), fault));
        Running gateway = gateways.start(settings, () -> configuration.reread(log::warn));
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, fault) -> gateway.fault("the thread " + thread.getName() + " ended", fault));
        var closed = new CountDownLatch(1);
        var broken = new AtomicBoolean();
        if (!InheritedSighup.isHeard()) {
            log.warn("this process was started with SIGHUP ignored (nohup?): it reloads only by  fairlead reload");
        }
        Signals.onHangUp(() -> reload(gateway));
        Signals.onEnd(() -> {
            log.info("stopping: finishing the calls in flight");
            try {
                gateway.close();
                log.info("stopped");
            } finally {
                closed.countDown();
            }
        });
        gateway.onBroken(() -> {
            broken.set(true);
            try {
                end(gateway);
            } finally {
                closed.countDown();
            }
        });
        tell(gateway);
        closed.await();
        return broken.get() ? ExitCode.BROKEN : ExitCode.DONE;
    }

    /// Lets finish what still can, for a short time.
    private static void end(Running gateway) {
        log.error("the process ends with code {} and must be started again", ExitCode.BROKEN);
        try {
            Thread.ofPlatform().daemon().name("stop").start(gateway::close).join(LAST_MOMENT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
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
            gateway.reload();
        } catch (Unusable unusable) {
            unusable.faults().forEach(log::error);
            log.error("not reloaded; the gateway keeps its old configuration");
        }
    }
}
