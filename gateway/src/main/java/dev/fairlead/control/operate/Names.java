package dev.fairlead.control.operate;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What chains and nodes may be called, and what a node is called when nobody says; the same as in the file.
final class Names {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    /// A chain's name is a path at which clients call, and these paths mean something else.
    private static final List<String> RESERVED = List.of("healthz", "readyz", "api", "metrics");

    private static final String EXPECTED =
            ": expected at most 63 lower-case letters, digits and dashes, beginning with a letter or digit";
    private static final int LONGEST_DERIVED = 58;

    private Names() {}

    static @Nullable String chainFault(String name) {
        if (!NAME.matcher(name).matches()) return "chain" + EXPECTED;
        if (RESERVED.contains(name)) return "chain: " + name + " means something else in paths";
        return DIGITS.matcher(name).matches() ? "chain: expected a name, found a number" : null;
    }

    static @Nullable String nodeFault(String name) {
        return NAME.matcher(name).matches() ? null : "name" + EXPECTED;
    }

    /// Host and port with dashes, and a number when that is taken.
    static String derived(URI http, Predicate<String> taken) {
        String port = http.getPort() < 0 ? "" : "-" + http.getPort();
        String plain = (http.getHost() + port)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        String stem = plain.substring(0, Math.min(LONGEST_DERIVED, plain.length()));
        String name = stem;
        for (int number = 2; taken.test(name); number++) name = stem + "-" + number;
        return name;
    }
}
