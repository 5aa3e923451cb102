package dev.fairlead.core.url;

import dev.fairlead.core.secret.MaskedUrl;
import java.net.URI;
import java.util.Locale;
import java.util.function.Predicate;

/// What a node is called when its declaration gives no name.
public final class DerivedName {
    private static final int LONGEST = 58;

    private DerivedName() {}

    /// Host (without a key in it) and port, joined by dashes; with a number behind when that name is taken.
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
