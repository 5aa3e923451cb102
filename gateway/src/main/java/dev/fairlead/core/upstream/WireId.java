package dev.fairlead.core.upstream;

import dev.fairlead.core.jsonrpc.Slice;

/// The id under which a call travels to a node: the client's own when every node is sure to give it back byte for byte,
/// else a `1`, for which the reply gets the client's id back.
record WireId(Slice sent, Slice clients) {
    private static final Slice ONE = Slice.of("1");
    private static final int MOST_DIGITS = 15;
    private static final int LONGEST_TEXT = 64;

    static WireId of(Slice clients) {
        if (isPlain(clients)) return new WireId(clients, clients);
        return new WireId(ONE, clients.isEmpty() ? Slice.NULL : clients);
    }

    boolean isClients() {
        return sent.equals(clients);
    }

    private static boolean isPlain(Slice id) {
        if (id.isEmpty()) return false;
        return id.at(0) == '"' ? isPlainText(id) : isPlainInteger(id);
    }

    private static boolean isPlainText(Slice id) {
        if (id.size() > LONGEST_TEXT + 2) return false;
        for (int i = 1; i < id.size() - 1; i++) {
            byte b = id.at(i);
            boolean plain = (b >= 'a' && b <= 'z')
                    || (b >= 'A' && b <= 'Z')
                    || (b >= '0' && b <= '9')
                    || "_.:-".indexOf(b) >= 0;
            if (!plain) return false;
        }
        return true;
    }

    /// Without `-0`, which some nodes would shorten.
    private static boolean isPlainInteger(Slice id) {
        int first = id.at(0) == '-' ? 1 : 0;
        if (id.size() - first > MOST_DIGITS || id.size() == first) return false;
        for (int i = first; i < id.size(); i++) {
            if (id.at(i) < '0' || id.at(i) > '9') return false;
        }
        return first == 0 || id.at(first) != '0';
    }
}
