package dev.fairlead.core.eth;

import dev.fairlead.core.jsonrpc.JsonText;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether an error says that the method is not there, and no more: `the method X does not exist/is not available`.
/// Whole texts only, in the forms of nodes and providers, in which nothing is free but the method's own name, a plan's
/// name and a URL: "method not found. upgrade to pro: it is in our queue" says that something was done first.
final class NoSuchMethod {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,64}_[a-z0-9_]{1,64}");

    /// Stands for the name of the method that was asked for, so that no other name fits.
    private static final String ASKED = "\u0001";

    private static final String THING =
            "(?:(?:the|this|rpc|json-rpc|jsonrpc|requested) ){0,3}(?:method|module|namespace):?";
    private static final String NOT = "(?:does not exist(?:/is not available)?|doesn t exist"
            + "|(?:(?:is|was) )?not (?:available|supported|allowed|enabled|implemented|whitelisted|found|recognized"
            + "|included)"
            + "|(?:is )?(?:unsupported|disabled|unknown|unimplemented))";
    private static final String WHICH = "(?:[:,]? \\(?" + ASKED + "\\)?)?";
    private static final String NETWORK = "[a-z]{2,20}_(?:mainnet|testnet|sepolia|holesky|hoodi|goerli|amoy)";
    private static final String WHERE = "(?: (?:on|for|in|by|at|with) (?:(?:the|this|your|our|current|free) ){0,3}"
            + "(?:node|network|chain|endpoint|plan|tier|freetier|api|rpc|server|provider|gateway|client|service|project)"
            + "| on " + NETWORK + "| (?:for|in|by|at|with) " + ASKED + ")?";
    private static final String URL = "https?://[a-z0-9.:-]{1,100}(?:/[a-z0-9._~/#-]{0,200})?";
    private static final String TIER = "(?:(?:a|the|our) )?(?:paid|pro|premium|growth|business|scale|team|enterprise"
            + "|dedicated|developer|archive|pay as you go)(?: (?:tier|plan|account))?";
    private static final String SEE = "see available methods at " + URL;
    /// Providers add what to do about it.
    private static final String ADVICE = "(?:(?:\\.{1,2}|[,:;]| -) ?(?:please )?"
            + "(?:use eth_sendrawtransaction(?: instead)?"
            + "|upgrade (?:your plan|to " + TIER + "(?:,? or " + TIER + ")?)(?: for access)?(?: at " + URL + ")?"
            + "|" + SEE
            + "|alchemy does not hold users private keys. " + SEE + ")){0,2}";

    private static final Pattern NAMED = Pattern.compile("(?:error: )?(?:"
            + THING + " (?:" + ASKED + " )?" + NOT + WHICH + WHERE + ADVICE
            + "|" + ASKED + " " + NOT + WHERE + ADVICE
            + "|(?:unsupported|unknown|unrecognized|unimplemented|no such) (?:rpc )?method" + WHICH + WHERE + ADVICE
            // Erigon
            + "|the method (?:is currently not implemented|has been deprecated): " + ASKED
            + "|" + ofGateway() + "|" + ofNethermind() + ")");

    /// Under the code for it.
    private static final Pattern BARE = Pattern.compile(
            "not (?:found|supported|available|implemented)|unsupported|unimplemented|does not exist(?:/is not available)?");

    private static final Pattern ONLY_MEMBER =
            Pattern.compile("\\s*\\{\\s*\"(?:method|message|reason|details)\"\\s*:\\s*(\"[^\"\\\\]*\")\\s*\\}\\s*");

    private NoSuchMethod() {}

    /// @param asked the method's name, or empty when it is not known: then the first name that is given is its own
    /// @param text the message, as [ErrorWording#normal] makes it
    static boolean isAllOf(String asked, int code, String text, Slice data) {
        String said = plain(asked, text);
        boolean found = isNamed(said) || (code == RpcError.METHOD_NOT_FOUND && isBare(said));
        return found && addsNothing(asked, data);
    }

    /// What another Fairlead says, when it is the node.
    private static String ofGateway() {
        return "the method " + ASKED + " does not exist/is not available here: (?:"
                + "it is for those who run a node; call the node itself"
                + "|subscriptions need websocket, which is not offered here; over http poll eth_blocknumber and"
                + " eth_getlogs instead"
                + "|a node would keep it from call to call, and several nodes may serve here; "
                + "(?:ask one node itself for what is pending|poll eth_blocknumber and eth_getblockbynumber instead"
                + "|use eth_getlogs instead|use eth_getlogs or eth_getblockbynumber instead"
                + "|point the miner at one node itself), or give such methods a group of one node)";
    }

    private static String ofNethermind() {
        String module = "[a-z0-9]{1,32}";
        return "the method " + ASKED + " is found,? (?:but the namespace (?:" + module + " )?is disabled for (?:" + URL
                + "|n/a)|in namespace " + module + " for " + URL + " but is disabled for " + module + ")"
                + "(?:. consider adding the namespace(?: " + module + " to jsonrpc.additionalrpcurls for an additional"
                + " url, or to jsonrpc.enabledmodules for the default url)?)?";
    }

    private static boolean isNamed(String said) {
        return NAMED.matcher(said).matches();
    }

    private static boolean isBare(String said) {
        return BARE.matcher(said).matches();
    }

    private static boolean addsNothing(String asked, Slice data) {
        if (data.isEmpty() || data.equals(Slice.NULL)) return true;
        Matcher only = ONLY_MEMBER.matcher(data.text());
        String said = only.matches() ? only.group(1) : data.text();
        if (said.length() < 2 || said.charAt(0) != '"' || ErrorWording.isLong(said)) return false;
        String text = plain(asked, ErrorWording.normal(JsonText.decode(Slice.of(said))));
        return text.isEmpty() || isNamed(text) || isBare(text) || text.equals(ASKED);
    }

    /// Without quotes and a last full stop, and with a mark for the method's name.
    private static String plain(String asked, String text) {
        String bare = text.replace(ASKED, "?")
                .replaceAll("n't ", "n t ")
                .replaceAll("['\"`\u2019]", "")
                .replaceAll("\\s+", " ");
        String said = bare.replaceAll("[.!]+$", "").strip();
        return asked.isEmpty()
                ? NAME.matcher(said).replaceFirst(ASKED)
                : said.replace(asked.strip().toLowerCase(Locale.ROOT), ASKED);
    }
}
