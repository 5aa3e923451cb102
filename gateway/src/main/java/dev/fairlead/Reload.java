package dev.fairlead;

import dev.fairlead.cli.Gateways.Unusable;
import dev.fairlead.config.keys.ReloadDifference;
import dev.fairlead.config.keys.Settings;
import dev.fairlead.control.admin.Reloader;
import dev.fairlead.control.operate.FileDeclarations;
import dev.fairlead.control.operate.Operator;
import dev.fairlead.control.store.StoreFailure;
import dev.fairlead.core.fleet.Board;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the configuration again: checked whole, then applied whole or not at all. Calls in flight notice
/// nothing, because settings are looked up whenever they are needed.
final class Reload implements Reloader {
    private static final Logger log = LoggerFactory.getLogger("fairlead.reload");

    private final Board<Settings> settings;
    private final Supplier<Settings> reread;
    private final Operator operator;

    Reload(Board<Settings> settings, Supplier<Settings> reread, Operator operator) {
        this.settings = settings;
        this.reread = reread;
        this.operator = operator;
    }

    @Override
    public Reloaded reload(String who) {
        try {
            return new Reloaded.Applied(apply(who));
        } catch (Unusable unusable) {
            return new Reloaded.Faulty(unusable.faults());
        }
    }

    /// A reload by signal: no caller gets an answer, so everything that hinders it is reported as a fault.
    ///
    /// @return what changed, one line each
    /// @throws Unusable when the configuration has faults or the store is out of order; everything stays as it was
    List<String> onSignal() {
        try {
            return apply("SIGHUP");
        } catch (StoreFailure failure) {
            throw new Unusable(List.of("the store is out of order: " + failure.getMessage()));
        }
    }

    /// @return what changed, one line each, and what an operator should know, as notes
    /// @throws Unusable when the configuration has faults
    /// @throws StoreFailure when the reload cannot be written down; everything stays as it was
    synchronized List<String> apply(String who) {
        Settings before = settings.now();
        Settings asked = reread.get();
        ReloadDifference difference = ReloadDifference.between(before, asked);
        List<String> opened = operator.wouldOpen(declared(asked));
        if (!opened.isEmpty()) {
            throw new Unusable(
                    List.of("policy.public: expected a word on calls without a key, because this file declares"
                            + " no tenant any more, found none; they would be served on " + String.join(", ", opened)
                            + ": say policy.public = true for that, or false to refuse them"));
        }
        List<String> remarks = operator.reload(who, declared(asked), difference.lines());
        remarks.forEach(log::warn);
        settings.publish(ReloadDifference.applicable(before, asked).with(asked.places()));
        return Stream.concat(difference.lines().stream(), remarks.stream().map("note: "::concat))
                .toList();
    }

    /// What the file and the command line declare, listeners as they are now included.
    static FileDeclarations declared(Settings settings) {
        return new FileDeclarations(
                settings.chains(), settings.policy(), settings.isOnlyOnLoopback(), settings.places());
    }
}
