package dev.fairlead.control.operate;

import java.net.URI;
import java.util.Locale;
import java.util.function.Predicate;

/// What a node is called when nobody says.
final class Names {
    private static final int LONGEST_DERIVED = 58;

    private Names() {}

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
