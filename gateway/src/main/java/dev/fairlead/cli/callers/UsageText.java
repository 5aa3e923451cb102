package dev.fairlead.cli.callers;

import dev.fairlead.cli.console.TextTable;
import dev.fairlead.cli.console.TimeSpans;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/// What tenants and keys took, for people.
final class UsageText {
    private static final String NL = System.lineSeparator();
    private static final String NONE = "–";

    private UsageText() {}

    /// Every tenant on one day.
    static String ofTenants(JsonNode tenants) {
        var table = new TextTable("TENANT", "CREDITS", "DAILY", "%", "ANSWERED", "REFUSED", "FAILED", "REFUSED FOR");
        for (JsonNode use : tenants) {
            table.row(
                    use.path("tenant").asString(),
                    number(use.path("credits")),
                    number(use.path("daily")),
                    number(use.path("percent")),
                    number(use.path("answered")),
                    number(refusals(use)),
                    number(use.path("failed")),
                    reasons(use));
        }
        return tenants.isEmpty()
                ? "No tenant yet. Add one: fairlead tenants add NAME" + NL
                : table + reset(tenants.path(0));
    }

    /// One tenant day by day, today first.
    static String ofTenant(JsonNode days) {
        JsonNode today = days.path(0);
        var text = new StringBuilder(today.path("tenant").asString());
        if (today.path("daily").isNumber()) {
            text.append(": ")
                    .append(number(today.path("credits")))
                    .append(" of ")
                    .append(number(today.path("daily")))
                    .append(" credits taken today, ")
                    .append(today.path("percent").asLong())
                    .append(" %, ")
                    .append(number(today.path("left")))
                    .append(" left");
        } else if (today.path("credits").isNumber()) {
            text.append(": ").append(number(today.path("credits"))).append(" credits taken today, no daily quota");
        } else {
            text.append(": callers without a key, no daily quota");
        }
        text.append(NL);
        var table = new TextTable("DAY", "CREDITS", "ANSWERED", "REFUSED", "FAILED", "REFUSED FOR");
        for (JsonNode use : days) {
            table.row(
                    use.path("day").asString(),
                    number(use.path("credits")),
                    number(use.path("answered")),
                    number(refusals(use)),
                    number(use.path("failed")),
                    reasons(use));
        }
        return text.append(table).append(reset(today)).toString();
    }

    /// Every key today.
    static String ofKeys(JsonNode keys) {
        var table =
                new TextTable("KEY", "CALLS", "CREDITS", "ANSWERED", "REFUSED", "FAILED", "LAST USED", "REFUSED FOR");
        for (JsonNode use : keys) {
            table.row(
                    use.path("tenant").asString() + "/" + use.path("alias").asString(),
                    number(use.path("calls")),
                    number(use.path("credits")),
                    number(use.path("answered")),
                    number(refusals(use)),
                    number(use.path("failed")),
                    last(use.path("lastUsedAt")),
                    reasons(use));
        }
        return keys.isEmpty()
                ? "No key yet, and no call with a token. Add a key: fairlead keys add TENANT" + NL
                : table.toString();
    }

    private static String last(JsonNode instant) {
        if (!instant.isString()) return "not seen";
        return Instant.parse(instant.asString()).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String reset(JsonNode today) {
        if (!today.path("resetsAt").isString()) return "";
        Instant tomorrow = Instant.parse(today.path("resetsAt").asString());
        long left = Math.max(0, Duration.between(Instant.now(), tomorrow).toSeconds());
        return "Days begin at 00:00 UTC; the next one at " + tomorrow + ", in " + TimeSpans.words(left) + "." + NL;
    }

    private static long refusals(JsonNode use) {
        long all = 0;
        for (JsonNode calls : use.path("refused")) all += calls.asLong();
        return all;
    }

    private static String reasons(JsonNode use) {
        var reasons = new StringJoiner(", ");
        use.path("refused")
                .properties()
                .forEach(reason -> reasons.add(reason.getKey() + " " + number(reason.getValue())));
        return reasons.toString();
    }

    private static String number(JsonNode number) {
        return number.isNumber() ? number(number.asLong()) : NONE;
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
