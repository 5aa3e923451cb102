package dev.fairlead.core.eth;

import dev.fairlead.core.jsonrpc.RpcError;
import java.util.regex.Pattern;

/// Whether an error says that the method is not there, and no more: `the method X does not exist/is not available`.
/// Whole texts only, in the forms of nodes and providers: "method disabled while a transaction is pending" says when,
/// and that something else was looked at first.
final class NoSuchMethod {
    private static final String NAME = "[a-z0-9]{1,64}_[a-z0-9_]{1,64}";
    private static final String THING =
            "(?:(?:the|this|rpc|json-rpc|jsonrpc|requested) ){0,3}(?:method|module|namespace):?";
    private static final String NOT = "(?:does not exist(?:/is not available)?|doesn t exist"
            + "|(?:(?:is|was) )?not (?:available|supported|allowed|enabled|implemented|whitelisted|found|recognized"
            + "|included)"
            + "|(?:is )?(?:unsupported|disabled|unknown|unimplemented))";
    private static final String WHICH = "(?:[:,]? \\(?" + NAME + "\\)?)?";
    private static final String WHERE = "(?: (?:on|for|in|by|at|with) (?:(?:the|this|your|our|current|free) ){0,3}"
            + "(?:node|network|chain|endpoint|plan|tier|freetier|api|rpc|server|provider|gateway|client|service|project"
            + "|" + NAME + "))?";
    /// Of providers, who say what to do about it.
    private static final String ADVICE = "(?:[.,:;] ?(?:please )?"
            + "(?:use " + NAME + "(?: instead)?|upgrade (?:your plan|to) .*|see available methods .*"
            + "|alchemy does not hold users private keys. see .*))?";

    private static final Pattern NAMED = Pattern.compile("(?:error: )?(?:"
            + THING + " (?:" + NAME + " )?" + NOT + WHICH + WHERE + ADVICE
            + "|" + NAME + " " + NOT + WHERE + ADVICE
            + "|(?:unsupported|unknown|unrecognized|unimplemented|no such) (?:rpc )?method" + WHICH + WHERE + ADVICE
            // this gateway, when it stands before this one
            + "|the method " + NAME + " does not exist/is not available here: .*"
            // Nethermind
            + "|the method " + NAME + " is found but the namespace (?:[a-z0-9]+ )?is disabled for .*)");

    /// Under the code for it.
    private static final Pattern BARE = Pattern.compile(
            "|not (?:found|supported|available|implemented)|unsupported|unimplemented|does not exist(?:/is not available)?");

    private NoSuchMethod() {}

    /// @param text the message, as [Wording#normal] makes it
    /// @param data what its data says, likewise
    static boolean isAllOf(int code, String text, String data) {
        String said = plain(text);
        boolean found = NAMED.matcher(said).matches() || (code == RpcError.METHOD_NOT_FOUND && isBare(said));
        return found && addsNothing(plain(data));
    }

    private static boolean isBare(String said) {
        return BARE.matcher(said).matches();
    }

    private static boolean addsNothing(String data) {
        return data.isEmpty() || data.matches(NAME) || NAMED.matcher(data).matches() || isBare(data);
    }

    /// Without quotes and a last full stop.
    private static String plain(String text) {
        String bare =
                text.replaceAll("n't ", "n t ").replaceAll("['\"`\u2019]", "").replaceAll("\\s+", " ");
        return bare.replaceAll("[.!]+$", "").strip();
    }
}
