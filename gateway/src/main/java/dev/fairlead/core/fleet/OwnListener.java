package dev.fairlead.core.fleet;

import java.util.Optional;
import java.util.stream.Stream;

/// Where this gateway itself can be reached, so that it can say to which of its listeners a node's URL leads.
public enum OwnListener {
    CLIENTS("the listener for clients (server.listen)"),
    ADMIN("the admin API (admin.listen)");

    private final String words;

    OwnListener(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /// The text that refuses a request of our own which came back.
    public String refusal() {
        return "This gateway has asked itself at " + words
                + ": the URL of one of its nodes leads back to it; remove that node";
    }

    /// The listener that a node's text names.
    public static Optional<OwnListener> namedIn(String text) {
        return Stream.of(values())
                .filter(listener -> text.contains(listener.words))
                .findFirst();
    }
}
