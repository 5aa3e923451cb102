package dev.fairlead.config;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which names a chain, node or group may have.
///
/// @param word what is named
/// @param reserved names that mean something else where this one would be used
/// @param digitsAllowed whether a name may be a number
record NameRule(String word, List<String> reserved, boolean digitsAllowed) {
    static final String FORM = "[a-z0-9][a-z0-9-]{0,62}";

    static final NameRule CHAIN = new NameRule("chain", List.of("healthz", "readyz", "api", "metrics"), false);
    static final NameRule NODE = new NameRule("node", List.of(), true);
    static final NameRule GROUP = new NameRule("group", List.of(), true);

    private static final Pattern NAME = Pattern.compile(FORM);
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    @Nullable
    String objection(String name) {
        if (!NAME.matcher(name).matches()) {
            return "expected a " + word + " name of at most 63 lower-case letters, digits and dashes, "
                    + "beginning with a letter or digit";
        }
        if (reserved.contains(name))
            return "a " + word + " cannot be called " + name + ": that path means something "
                    + "else; choose another name";
        if (!digitsAllowed && DIGITS.matcher(name).matches()) {
            return "a " + word + " name cannot be a number; write a name, and the number as id = " + name;
        }
        return null;
    }

    Map<String, Object> schema() {
        Map<String, Object> schema = Schemas.of("pattern", "^" + FORM + "$");
        if (!digitsAllowed) schema.put("not", Schemas.of("pattern", "^([0-9]+|" + String.join("|", reserved) + ")$"));
        return schema;
    }
}
