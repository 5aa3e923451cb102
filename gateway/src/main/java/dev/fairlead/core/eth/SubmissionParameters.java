package dev.fairlead.core.eth;

import dev.fairlead.core.jsonrpc.JsonPick;
import dev.fairlead.core.jsonrpc.JsonScan;
import dev.fairlead.core.jsonrpc.JsonText;
import dev.fairlead.core.jsonrpc.Slice;
import java.util.Set;

/// Whether the params of a submission can hold what is to be sent at all. Where they cannot, the first node's
/// objection goes back to the client; the call is put to one node only all the same.
public final class SubmissionParameters {
    private static final Set<String> RAW = Set.of(
            "eth_sendRawTransaction",
            "eth_sendRawTransactionConditional",
            "eth_sendPrivateRawTransaction",
            "eth_sendRawTransactionSync");
    private static final Set<String> OBJECTS =
            Set.of("eth_sendTransaction", "eth_sendPrivateTransaction", "eth_sendBundle", "mev_sendBundle");

    /// Hex digits. The signature alone takes more, unless its numbers are tiny.
    private static final int SHORTEST_RAW = 100;

    private SubmissionParameters() {}

    /// False for methods that are in no table: they may need no params.
    public static boolean holdNothing(String method, Slice params) {
        if (RAW.contains(method)) return areNone(params) || isNoRaw(JsonPick.element(params, 0));
        return OBJECTS.contains(method) && (areNone(params) || isNoObject(JsonPick.element(params, 0)));
    }

    private static boolean areNone(Slice params) {
        return isEmpty(params) || params.equals(Slice.NULL);
    }

    private static boolean isNoRaw(Slice first) {
        if (first.isEmpty()) return false; // named params
        if (!JsonText.isString(first)) return isScalar(first) || isEmpty(first);
        String raw = JsonText.decode(first);
        return raw.length() < SHORTEST_RAW;
    }

    private static boolean isNoObject(Slice first) {
        if (first.isEmpty()) return false;
        return first.at(0) == '[' ? isEmpty(first) : first.at(0) != '{';
    }

    private static boolean isScalar(Slice json) {
        return json.at(0) != '{' && json.at(0) != '[' && json.at(0) != '"';
    }

    /// `[]`, `{}`, or nothing at all.
    private static boolean isEmpty(Slice json) {
        if (json.isEmpty()) return true;
        byte first = json.at(0);
        if (first != '[' && first != '{') return false;
        return JsonScan.skipSpace(json.array(), json.from() + 1, json.to()) == json.to() - 1;
    }
}
