package dev.fairlead.core.url;

import dev.fairlead.core.secret.MaskedUrl;
import java.net.URI;
import java.util.Locale;
import java.util.function.Predicate;

/// What a node is called when nobody says.
public final class DerivedName {
    private static final int LONGEST = 58;

    private DerivedName() {}

    /// Host, without a key that is part of it, and port with dashes, and a number when that is taken.
    public static String of(URI http, Predicate<String> taken) {
        String port = http.getPort() < 0 ? "" : "-" + http.getPort();
        String plain = (MaskedUrl.host(http.getHost()) + port)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        String stem = plain.substring(0, Math.min(LONGEST, plain.length()));
        String name = stem;
        for (int number = 2; taken.test(name); number++) name = stem + "-" + number;
        return name;
    }
}
