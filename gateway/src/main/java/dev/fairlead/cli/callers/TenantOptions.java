package dev.fairlead.cli.callers;

import dev.fairlead.cli.console.CreditOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// What can be said of a tenant's rules. What is left out is not said; `none` takes a rule away.
final class TenantOptions {
    private static final String NONE = "none";

    @Option(
            names = "--rate",
            paramLabel = "RATE",
            description = "credits in what time, all its keys together: 100/s, 2000/5m, none")
    private @Nullable String rate;

    @Option(
            names = "--burst",
            paramLabel = "CREDITS",
            description = "how many at once, after a time without calls; as many as the rate has when left out")
    private @Nullable String burst;

    @Option(names = "--daily", paramLabel = "CREDITS", description = "how many in a day of UTC: 5_000_000, none")
    private @Nullable String daily;

    @Option(
            names = "--allow",
            paramLabel = "METHOD",
            split = ",",
            description = "a method that is open besides, or the beginning of some with a star: 'debug_trace*'; "
                    + "may be given several times, and replaces all that were there")
    private @Nullable List<String> allow;

    @Option(
            names = "--deny",
            paramLabel = "METHOD",
            split = ",",
            description = "a method that is closed, whatever else opens it; as --allow")
    private @Nullable List<String> deny;

    @Option(
            names = "--preset",
            paramLabel = "PRESET",
            description = "what is open where no pattern says more: listed, read-only, dapp, besu-private, local, "
                    + "everything; none for what holds for all")
    private @Nullable String preset;

    /// What was said, as the admin API has it.
    Map<String, Object> asked(CommandLine command) {
        var asked = new LinkedHashMap<String, Object>();
        if (preset != null) asked.put("preset", preset.equals(NONE) ? "" : preset);
        if (allow != null) asked.put("allow", allow.equals(List.of(NONE)) ? List.of() : new ArrayList<>(allow));
        if (deny != null) asked.put("deny", deny.equals(List.of(NONE)) ? List.of() : new ArrayList<>(deny));
        if (rate != null) asked.put("rate", rate.equals(NONE) ? "" : rate);
        if (burst != null) asked.put("burst", CreditOption.read("--burst", burst, command));
        if (daily != null) asked.put("daily", CreditOption.read("--daily", daily, command));
        return asked;
    }
}
