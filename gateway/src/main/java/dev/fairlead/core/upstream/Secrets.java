package dev.fairlead.core.upstream;

import dev.fairlead.core.fleet.Endpoint;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The words in a node's declaration that may be keys. Nodes and libraries sometimes repeat them in their errors; what
/// we show has them blotted out.
record Secrets(List<String> words) {
    private static final int SHORTEST = 6;

    static Secrets of(Endpoint endpoint) {
        var words = new ArrayList<String>();
        collect(words, endpoint.http());
        if (endpoint.ws() != null) collect(words, endpoint.ws());
        if (endpoint.auth() != null) words.add(endpoint.auth().password());
        endpoint.headers().values().forEach(value -> words.addAll(List.of(value.split(" "))));
        words.removeIf(word -> word.length() < SHORTEST);
        words.sort((one, other) -> other.length() - one.length());
        return new Secrets(List.copyOf(words));
    }

    private static void collect(List<String> words, URI url) {
        split(words, url.getRawUserInfo(), ":");
        split(words, url.getRawPath(), "/");
        split(words, url.getRawQuery(), "[&=]");
    }

    private static void split(List<String> words, @Nullable String text, String at) {
        if (text != null) words.addAll(List.of(text.split(at)));
    }

    String hiddenIn(String text) {
        String shown = text;
        for (String word : words) shown = shown.replace(word, "***");
        return shown;
    }
}
