package dev.fairlead.cli;

import dev.fairlead.core.jsonrpc.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// What an explanation says of a call's credits, for people.
final class AllowanceText {
    private AllowanceText() {}

    /// Nothing for a call that nothing counts.
    static List<String> lines(JsonNode explanation) {
        JsonNode day = explanation.path("day");
        boolean hasQuota = day.path("daily").isNumber();
        if (explanation.path("limits").isEmpty() && !hasQuota) return List.of();
        long credits = explanation.path("credits").asLong();
        var lines = new ArrayList<String>();
        lines.add("takes " + Counted.of(credits, "credit") + " of:");
        for (JsonNode limit : explanation.path("limits")) {
            lines.add("  " + limit.path("limit").asString() + place(limit) + ": "
                    + limit.path("bound").asString() + left(limit, credits));
        }
        if (hasQuota) {
            lines.add("  its day" + place(day) + ": " + number(day.path("daily")) + " credits, "
                    + number(day.path("taken")) + " taken" + left(day, credits));
        }
        return lines;
    }

    private static String place(JsonNode declared) {
        return declared.path("place").isString() ? " (" + declared.path("place").asString() + ")" : "";
    }

    private static String left(JsonNode bound, long credits) {
        String note = bound.path("note").isString() ? bound.path("note").asString() : "";
        if (!bound.path("left").isNumber()) return note.isEmpty() ? "" : "; " + note;
        long left = bound.path("left").asLong();
        return ", " + number(bound.path("left")) + " left" + (note.isEmpty() ? "" : " " + note)
                + (left < credits ? ": TOO FEW NOW" : "");
    }

    private static String number(JsonNode number) {
        return String.format(Locale.ROOT, "%,d", number.asLong());
    }
}
