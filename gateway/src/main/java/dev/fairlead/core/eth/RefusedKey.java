package dev.fairlead.core.eth;

import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import java.util.regex.Pattern;

/// Whether an error says that our key is refused, and no more: `invalid api key`. Whole texts only, in the forms of
/// nodes and providers: "unauthorized (transaction forwarded)" says that something was done first.
final class RefusedKey {
    private static final String KEY = "(?:api[- _]?key|project id|access token|auth token|jwt|jwt token)";
    /// Of an account, a trie or a contract too.
    private static final String WIDER_KEY = "(?:" + KEY + "|token|key)";
    private static final String STATUS = "(?:error: )?(?:(?:http )?40[13][: -]{1,3})?";
    private static final String FOR_WHOM = "(?: (?:for|by|to) (?:this|the|your) (?:api[- _]?key|key|project|account|app"
            + "|application|endpoint|node|network|api|plan))?";
    private static final String ADVICE = "(?:[.,:;!]? ?(?:please )?(?:check|provide|use|sign up for|get)"
            + "(?: (?:a|an|your|the|valid|correct|free|own)){0,3} " + WIDER_KEY + ")?";

    private static final Pattern SAID = Pattern.compile(STATUS
            + "(?:(?:you |request )?must be authenticated|authentication (?:is )?required|" + wrong(KEY)
            + "|(?:request )?rejected due to project id settings)" + FOR_WHOM + ADVICE);

    /// Under HTTP 401 or 403.
    private static final Pattern BARRED = Pattern.compile(STATUS
            + "(?:unauthori[sz]ed|unauthenticated|forbidden|access (?:is )?(?:denied|forbidden)|not authori[sz]ed"
            + "|authentication failed|authorization failed|authorization required|invalid credentials"
            + "|invalid host specified|" + wrong(WIDER_KEY) + ")" + FOR_WHOM + ADVICE);

    private RefusedKey() {}

    private static String wrong(String key) {
        return "(?:the )?(?:provided |your )?" + key
                + " (?:is )?(?:invalid|required|missing|unknown|not valid|not found)"
                + "|(?:invalid|missing|unknown|no|wrong) " + key + "(?: provided| given| supplied)?";
    }

    /// @param text the message, as [ErrorWording#normal] makes it
    static boolean isAllOf(int status, RpcError error, String text) {
        if (!error.data().isEmpty() && !error.data().equals(Slice.NULL)) return false;
        String said = text.replaceAll("['\"`\u2019]", "")
                .replaceAll("\\s+", " ")
                .replaceAll("[.!]+$", "")
                .strip();
        boolean barred = status == 401 || status == 403;
        return SAID.matcher(said).matches() || (barred && BARRED.matcher(said).matches());
    }
}
