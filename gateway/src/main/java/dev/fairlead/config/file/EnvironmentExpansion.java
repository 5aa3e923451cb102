package dev.fairlead.config.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Replaces `${NAME}` and `${NAME:-default}` in a text by the environment's values; `$${` stands for `${`.
/// A value that was put in is not looked at again.
///
/// @param used whether anything was replaced, so that the text may hold something that the file does not show
/// @param faults one for each variable that is missing or malformed
record EnvironmentExpansion(String text, boolean used, List<String> faults) {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\$\\{|\\$\\{(?:(?<name>[A-Za-z_][A-Za-z0-9_]*)(?<default>:-[^}]*)?})?");

    /// A name of another form may be a piece of a secret that happens to contain `${`.
    private static final Pattern ORDINARY = Pattern.compile("[A-Z_][A-Z0-9_]*|[a-z_]+");

    static EnvironmentExpansion of(String text, Map<String, String> environment) {
        if (!text.contains("${")) return new EnvironmentExpansion(text, false, List.of());
        var result = new StringBuilder();
        var faults = new ArrayList<String>();
        boolean used = false;
        Matcher found = VARIABLE.matcher(text);
        while (found.find()) {
            String name = found.group("name");
            used |= name != null;
            found.appendReplacement(result, Matcher.quoteReplacement(replacement(found, name, environment, faults)));
        }
        found.appendTail(result);
        return new EnvironmentExpansion(result.toString(), used, List.copyOf(faults));
    }

    private static String replacement(
            Matcher found, String name, Map<String, String> environment, List<String> faults) {
        if (found.group().equals("$${")) return "${";
        if (name == null) {
            faults.add("expected ${NAME} or ${NAME:-default} after ${; write $${ where ${ itself is meant");
            return "";
        }
        String value = environment.get(name);
        String otherwise = found.group("default");
        if (otherwise != null) return value == null || value.isEmpty() ? otherwise.substring(2) : value;
        if (value != null) return value;
        String shown = ORDINARY.matcher(name).matches() ? name : "***";
        faults.add("the environment variable " + shown + " is not set; set it, or write ${" + shown + ":-default}");
        return "";
    }
}
