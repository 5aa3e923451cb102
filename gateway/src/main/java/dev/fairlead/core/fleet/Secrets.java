package dev.fairlead.core.fleet;

import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.secret.MaskedUrl;
import dev.fairlead.core.secret.MaskingRun;
import dev.fairlead.core.secret.SecretMasker;
import dev.fairlead.core.secret.ShownHost;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The words in a node's declaration that may be keys. Nodes and libraries repeat them in their texts. Where
/// such a text becomes one of ours, the words are masked, however they are written. A node's answer to a
/// client's call is data and stays as it is.
public final class Secrets {
    /// Of the parts of paths, queries and headers: shorter ones are words such as `v3`.
    private static final int SHORTEST = 6;
    /// Of a password, or of what stands in its place.
    private static final int SHORTEST_PASSWORD = 4;

    private static final Pattern BETWEEN = Pattern.compile("[\\s,;=:\"]+");
    private static final Set<String> SCHEMES = Set.of("basic", "bearer", "digest", "token", "apikey");
    private static final Base64.Encoder BASE_64 = Base64.getEncoder();

    private final SecretMasker masker;

    private Secrets(List<String> words) {
        this.masker = SecretMasker.of(words);
    }

    public static Secrets of(Endpoint endpoint) {
        var words = new ArrayList<String>();
        url(words, endpoint.http());
        if (endpoint.ws() != null) url(words, endpoint.ws());
        if (endpoint.auth() != null) login(words, endpoint.auth());
        endpoint.headers().values().forEach(value -> header(words, value));
        return new Secrets(words);
    }

    /// A node's or library's text as it may be shown.
    public String hiddenIn(String text) {
        byte[] shown = MaskingRun.blotted(masker, text.getBytes(StandardCharsets.UTF_8), SecretMasker.Form.TEXT);
        return shown == null ? text : new String(shown, StandardCharsets.UTF_8);
    }

    /// An error as it may be shown. It is still legal JSON, and the names of its own members stay.
    ///
    /// @param error legal JSON
    /// @return null when there is no secret in it
    public byte @Nullable [] hiddenIn(byte[] error) {
        return MaskingRun.blotted(masker, error, SecretMasker.Form.ERROR);
    }

    /// What a node answered to a question of ours, for use in texts of ours: only texts in it are changed.
    public Slice hiddenIn(Slice result) {
        if (masker.isEmpty()) return result;
        byte[] shown = MaskingRun.blotted(masker, result.bytes(), SecretMasker.Form.RESULT);
        return shown == null ? result : Slice.of(shown);
    }

    private static void url(List<String> words, URI url) {
        if (url.getRawUserInfo() != null) login(words, login(url.getRawUserInfo()));
        if (url.getHost() != null) {
            for (String label : ShownHost.secrets(url.getHost())) part(words, label, SHORTEST);
        }
        if (url.getRawPath() != null) {
            for (String segment : url.getRawPath().split("/")) {
                if (!MaskedUrl.isPlain(segment)) part(words, decoded(segment), SHORTEST);
            }
        }
        if (url.getRawQuery() != null) query(words, url.getRawQuery());
    }

    /// The names of the parameters are no secrets; a parameter without a value may be one.
    private static void query(List<String> words, String query) {
        for (String parameter : query.split("&")) {
            String value = parameter.substring(parameter.indexOf('=') + 1);
            if (!MaskedUrl.isPlain(value)) part(words, decoded(value), SHORTEST);
        }
    }

    /// Some providers take the key for the user, and any password or none.
    private static void login(List<String> words, BasicAuth auth) {
        boolean alone = auth.password().isEmpty();
        part(words, auth.user(), alone ? SHORTEST_PASSWORD : SHORTEST);
        part(words, auth.password(), SHORTEST_PASSWORD);
        words.add(base64(auth.user() + ":" + auth.password()));
    }

    private static BasicAuth login(String userInfo) {
        int colon = userInfo.indexOf(':');
        if (colon < 0) return new BasicAuth(decoded(userInfo), "");
        return new BasicAuth(decoded(userInfo.substring(0, colon)), decoded(userInfo.substring(colon + 1)));
    }

    private static void header(List<String> words, String value) {
        for (String word : BETWEEN.split(value.strip())) {
            if (SCHEMES.contains(word.toLowerCase(Locale.ROOT))) continue;
            part(words, word, SHORTEST);
            String login = login64(word);
            if (login != null) login(words, login(login));
        }
    }

    /// User and password, where the word is the Base64 text that Basic authentication makes of them.
    private static @Nullable String login64(String word) {
        try {
            String plain = new String(Base64.getDecoder().decode(word), StandardCharsets.UTF_8);
            return plain.indexOf(':') >= 0 && plain.indexOf('\ufffd') < 0 ? plain : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static void part(List<String> words, String word, int shortest) {
        if (word.length() < shortest) return;
        words.add(word);
        words.add(base64(word));
    }

    private static String base64(String text) {
        return BASE_64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// A text that is not well encoded stays as it is.
    private static String decoded(String text) {
        if (text.indexOf('%') < 0) return text;
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }
}
