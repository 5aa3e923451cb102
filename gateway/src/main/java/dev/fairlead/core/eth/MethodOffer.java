package dev.fairlead.core.eth;

import dev.fairlead.core.eth.Method.Offer;
import java.util.Locale;
import java.util.Set;

/// Which nodes a method is put to, by its name alone. Upper and lower case count the same, and any mark may stand after
/// the namespace.
final class MethodOffer {
    private static final Set<String> WORK = Set.of("eth_getwork", "eth_submitwork", "eth_submithashrate");

    private MethodOffer() {}

    static Offer of(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        int mark = MethodName.mark(lower);
        String verb = mark == lower.length() ? "" : lower.substring(mark + 1);
        if (verb.equals("subscribe") || verb.equals("unsubscribe")) return Offer.STREAM;
        return isFilter(verb) || WORK.contains(lower) ? Offer.SOLE_NODE : Offer.ANY_NODE;
    }

    private static boolean isFilter(String verb) {
        return (verb.startsWith("new") && verb.endsWith("filter"))
                || verb.startsWith("getfilter")
                || verb.startsWith("uninstallfilter");
    }
}
