package dev.fairlead.core.eth;

import dev.fairlead.core.jsonrpc.JsonText;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whether an error says that the method is not there, and no more: `the method X does not exist/is not available`.
/// Whole texts only, in the forms of nodes and providers: "method disabled while a transaction is pending" says when,
/// and that something else was looked at first.
final class NoSuchMethod {
    private static final String NAME = "[a-z0-9]{1,64}_[a-z0-9_]{1,64}";
    /// Of the method that is not there.
    private static final String ITS_NAME = "(" + NAME + ")";
    private static final String THING =
            "(?:(?:the|this|rpc|json-rpc|jsonrpc|requested) ){0,3}(?:method|module|namespace):?";
    private static final String NOT = "(?:does not exist(?:/is not available)?|doesn t exist"
            + "|(?:(?:is|was) )?not (?:available|supported|allowed|enabled|implemented|whitelisted|found|recognized"
            + "|included)"
            + "|(?:is )?(?:unsupported|disabled|unknown|unimplemented))";
    private static final String WHICH = "(?:[:,]? \\(?" + ITS_NAME + "\\)?)?";
    private static final String WHERE = "(?: (?:on|for|in|by|at|with) (?:(?:the|this|your|our|current|free) ){0,3}"
            + "(?:node|network|chain|endpoint|plan|tier|freetier|api|rpc|server|provider|gateway|client|service|project)"
            + "| on " + NAME + "| (?:for|in|by|at|with) " + ITS_NAME + ")?";
    /// Of providers, who say what to do about it.
    private static final String ADVICE = "(?:[.,:;] ?(?:please )?"
            + "(?:use " + NAME + "(?: instead)?|upgrade (?:your plan|to) .*|see available methods .*"
            + "|alchemy does not hold users private keys. see .*))?";

    private static final Pattern NAMED = Pattern.compile("(?:error: )?(?:"
            + THING + " (?:" + ITS_NAME + " )?" + NOT + WHICH + WHERE + ADVICE
            + "|" + ITS_NAME + " " + NOT + WHERE + ADVICE
            + "|(?:unsupported|unknown|unrecognized|unimplemented|no such) (?:rpc )?method" + WHICH + WHERE + ADVICE
            // this gateway, when it stands before this one
            + "|the method " + ITS_NAME + " does not exist/is not available here: .*"
            // Nethermind
            + "|the method " + ITS_NAME + " is found but the namespace (?:[a-z0-9]+ )?is disabled for .*)");

    /// Under the code for it.
    private static final Pattern BARE = Pattern.compile(
            "not (?:found|supported|available|implemented)|unsupported|unimplemented|does not exist(?:/is not available)?");

    private static final Pattern ONLY_MEMBER =
            Pattern.compile("\\s*\\{\\s*\"(?:method|message|reason|details)\"\\s*:\\s*(\"[^\"\\\\]*\")\\s*\\}\\s*");

    private NoSuchMethod() {}

    /// @param asked the method's name, or empty when it is not known
    /// @param text the message, as [ErrorWording#normal] makes it
    static boolean isAllOf(String asked, int code, String text, Slice data) {
        String said = plain(text);
        boolean found = isNamed(asked, said) || (code == RpcError.METHOD_NOT_FOUND && isBare(said));
        return found && addsNothing(asked, data);
    }

    private static boolean isBare(String said) {
        return BARE.matcher(said).matches();
    }

    /// What is said of another method is no answer to this call.
    private static boolean isNamed(String asked, String said) {
        Matcher words = NAMED.matcher(said);
        if (!words.matches()) return false;
        for (int i = 1; i <= words.groupCount(); i++) {
            if (isOfAnother(asked, words.group(i))) return false;
        }
        return true;
    }

    private static boolean isOfAnother(String asked, @Nullable String name) {
        return name != null && !asked.isEmpty() && !name.equals(asked.toLowerCase(Locale.ROOT));
    }

    private static boolean addsNothing(String asked, Slice data) {
        if (data.isEmpty() || data.equals(Slice.NULL)) return true;
        Matcher only = ONLY_MEMBER.matcher(data.text());
        String said = only.matches() ? only.group(1) : data.text();
        if (said.length() < 2 || said.charAt(0) != '"') return false;
        String text = plain(ErrorWording.normal(JsonText.decode(Slice.of(said))));
        if (text.isEmpty() || isNamed(asked, text) || isBare(text)) return true;
        return text.matches(NAME) && !isOfAnother(asked, text);
    }

    /// Without quotes and a last full stop.
    private static String plain(String text) {
        String bare =
                text.replaceAll("n't ", "n t ").replaceAll("['\"`\u2019]", "").replaceAll("\\s+", " ");
        return bare.replaceAll("[.!]+$", "").strip();
    }
}
