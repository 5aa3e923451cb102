package dev.fairlead.core.upstream;

import dev.fairlead.core.fleet.Endpoint;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The words in a node's declaration that may be keys. Nodes and libraries sometimes repeat them in their errors; what
/// we show has them blotted out.
record Secrets(List<String> words, Blotter blotter) {
    private static final int SHORTEST = 6;

    static Secrets of(Endpoint endpoint) {
        var words = new ArrayList<String>();
        collect(words, endpoint.http());
        if (endpoint.ws() != null) collect(words, endpoint.ws());
        if (endpoint.auth() != null) {
            String login = endpoint.auth().user() + ":" + endpoint.auth().password();
            words.add(endpoint.auth().password());
            words.add(Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        }
        endpoint.headers().values().forEach(value -> words.addAll(List.of(value.split(" "))));
        // No key is the name of a member that every error has.
        words.removeIf(word -> word.length() < SHORTEST || word.equals("message"));
        words.sort((one, other) -> other.length() - one.length());
        List<String> distinct = words.stream().distinct().toList();
        return new Secrets(distinct, Blotter.of(distinct));
    }

    private static void collect(List<String> words, URI url) {
        split(words, url.getRawUserInfo(), ":");
        split(words, url.getRawPath(), "/");
        query(words, url.getRawQuery());
    }

    /// The names of the parameters are no secrets; a parameter without a value may be one.
    private static void query(List<String> words, @Nullable String query) {
        if (query == null) return;
        for (String parameter : query.split("&")) split(words, parameter.substring(parameter.indexOf('=') + 1), "=");
    }

    private static void split(List<String> words, @Nullable String text, String at) {
        if (text == null) return;
        for (String word : text.split(at)) {
            words.add(word);
            if (word.indexOf('%') >= 0) words.add(URLDecoder.decode(word.replace("+", "%2B"), StandardCharsets.UTF_8));
        }
    }

    String hiddenIn(String text) {
        String shown = text;
        for (String word : words) shown = shown.replace(word, "***");
        return shown;
    }

    /// @param json legal JSON
    /// @return null when there is no secret in it
    byte @Nullable [] hiddenIn(byte[] json) {
        return blotter.blotted(json);
    }
}
