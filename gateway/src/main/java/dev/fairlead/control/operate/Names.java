package dev.fairlead.control.operate;

import java.net.URI;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What chains and nodes may be called, and what a node is called when nobody says.
final class Names {
    private static final Pattern CHAIN = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private Names() {}

    static boolean isChain(String text) {
        return CHAIN.matcher(text).matches();
    }

    static boolean isNode(String text) {
        return NODE.matcher(text).matches();
    }

    /// Host and port with dashes, and a number when that is taken.
    static String derived(URI http, Predicate<String> taken) {
        String host = http.getHost().replaceAll("[^A-Za-z0-9.-]", "-").replaceAll("^[.-]+|[.-]+$", "");
        String plain = http.getPort() < 0 ? host : host + "-" + http.getPort();
        String stem = plain.length() > 56 ? plain.substring(plain.length() - 56).replaceAll("^[.-]+", "") : plain;
        String name = stem;
        for (int number = 2; taken.test(name); number++) name = stem + "-" + number;
        return name;
    }
}
