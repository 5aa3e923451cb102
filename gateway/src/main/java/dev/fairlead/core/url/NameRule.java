package dev.fairlead.core.url;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which names a chain, node or group may have, wherever it is declared.
///
/// @param word what is named
/// @param reserved names, in small letters, that mean something else where this one would be used, or will
/// @param digitsAllowed whether a name may be a number
public record NameRule(String word, List<String> reserved, boolean digitsAllowed) {
    public static final String FORM = "[a-z0-9][a-z0-9-]{0,62}";

    /// A chain's name is a path at which clients call.
    public static final NameRule CHAIN = new NameRule("chain", ReservedPaths.PATHS, false);

    /// `public` is who brings no key.
    public static final NameRule TENANT = new NameRule("tenant", List.of(), true);

    /// A key's alias among those of its tenant.
    public static final NameRule KEY = new NameRule("key", List.of(), true);

    public static final NameRule NODE = new NameRule("node", List.of(), true);
    public static final NameRule GROUP = new NameRule("group", List.of(), true);

    private static final Pattern NAME = Pattern.compile(FORM);
    /// Decimal, or hex as Ethereum writes it: a path that is a number is a chain's id.
    public static final String NUMBER = "[0-9]+|0x[0-9a-f]*";

    private static final Pattern DIGITS = Pattern.compile(NUMBER);

    /// What was expected instead of this name, or null for a good one.
    public @Nullable String objection(String name) {
        if (reserved.contains(name.toLowerCase(Locale.ROOT))) {
            return "a " + word + " cannot be called " + name + ": that path is kept for the gateway itself; "
                    + "choose another name, such as my-" + name.toLowerCase(Locale.ROOT);
        }
        if (!NAME.matcher(name).matches()) {
            return "expected a " + word + " name of at most 63 lower-case letters, digits and dashes, "
                    + "beginning with a letter or digit";
        }
        if (!digitsAllowed && DIGITS.matcher(name).matches()) {
            return "a " + word + " name cannot be a number; write a name, and the number as id = " + name;
        }
        return null;
    }
}
