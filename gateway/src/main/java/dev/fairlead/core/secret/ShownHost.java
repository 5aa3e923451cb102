package dev.fairlead.core.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A host name without the key that some providers put into it: `0123456789abcdef.eth.example.org`. Its last two labels
/// and a name of one label are never taken for a key.
public final class ShownHost {
    /// Letters and digits in a row: no word and no machine's number has so many.
    private static final int LONG = 16;
    /// Letters in a row, without digits: no word has so many.
    private static final int LONGER = 24;

    private static final Pattern JOINT = Pattern.compile("[-_]");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*|.*:.*");

    private ShownHost() {}

    static String of(String host) {
        var shown = new ArrayList<String>();
        String[] labels = labels(host);
        for (int i = 0; i < labels.length; i++) shown.add(isKey(labels, i) ? "***" : labels[i]);
        return String.join(".", shown);
    }

    public static List<String> secrets(String host) {
        var secrets = new ArrayList<String>();
        String[] labels = labels(host);
        for (int i = 0; i < labels.length; i++) {
            if (!isKey(labels, i)) continue;
            secrets.add(labels[i]);
            for (String part : JOINT.split(labels[i])) if (isLong(part)) secrets.add(part);
        }
        return secrets;
    }

    private static String[] labels(String host) {
        return ADDRESS.matcher(host).matches() ? new String[] {host} : host.split("\\.", -1);
    }

    /// `KEY.localhost` counts as well: no machine is below it but this one.
    private static boolean isKey(String[] labels, int at) {
        boolean local = labels[labels.length - 1].equals("localhost");
        if (at >= labels.length - (local ? 1 : 2)) return false;
        String label = labels[at].toLowerCase(Locale.ROOT);
        if (UUID.matcher(label).matches()) return true;
        for (String part : JOINT.split(label)) if (isLong(part)) return true;
        return false;
    }

    private static boolean isLong(String part) {
        boolean digit = part.chars().anyMatch(c -> c >= '0' && c <= '9');
        boolean letter = part.chars().anyMatch(c -> c < '0' || c > '9');
        return part.length() >= LONGER || (part.length() >= LONG && digit && letter);
    }
}
