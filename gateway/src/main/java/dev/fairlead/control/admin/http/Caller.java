package dev.fairlead.control.admin.http;

import org.jspecify.annotations.Nullable;

/// The person or program that gave an order, as the audit trail names it: how it was let in, and what it calls
/// itself.
final class Caller {
    private static final int LONGEST = 64;

    private Caller() {}

    static String of(boolean byToken, @Nullable String claimed) {
        String door = byToken ? "token" : "loopback";
        if (claimed == null) return door;
        String name = claimed.replaceAll("[^A-Za-z0-9._@:/+-]", "");
        if (name.startsWith(door + ":")) name = name.substring(door.length() + 1);
        if (name.length() > LONGEST) name = name.substring(0, LONGEST);
        return name.isEmpty() ? door : door + ":" + name;
    }
}
