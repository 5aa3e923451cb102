package dev.fairlead.core.fleet;

import java.util.Optional;
import java.util.stream.Stream;

/// Where this gateway itself can be reached, so that a node whose URL leads there is told by name.
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

    /// What a request of our own that came back is told.
    public String refusal() {
        return "This gateway has asked itself at " + words
                + ": the URL of one of its nodes leads back to it; remove that node";
    }

    /// The one that is named in what a node said.
    public static Optional<OwnListener> namedIn(String text) {
        return Stream.of(values())
                .filter(listener -> text.contains(listener.words))
                .findFirst();
    }
}
