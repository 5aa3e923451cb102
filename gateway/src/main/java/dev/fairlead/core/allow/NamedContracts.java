package dev.fairlead.core.allow;

import dev.fairlead.core.eth.Method.Kind;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.jsonrpc.JsonPick;
import dev.fairlead.core.jsonrpc.JsonText;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.jsonrpc.SoleMember;
import dev.fairlead.core.transaction.SubmittedTransactions;
import dev.fairlead.core.transaction.Transaction;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whether all contracts that a call names are on a list. What nodes could read in two ways is refused: names that
/// stand twice, or in other letters (Go takes `TO` for `to`), and code that is lent to an address for one call.
final class NamedContracts {
    /// Where a method names what it is about.
    private sealed interface Place {
        record Account(int index) implements Place {}

        /// `to` of an object, which nothing may stand behind but a block.
        record Receiver(int index) implements Place {}

        /// `address` of a filter for logs.
        record Filter(int index) implements Place {}

        /// Of `eth_subscribe`: a filter where logs are meant.
        record Subscription() implements Place {}
    }

    private static final Map<String, Place> PLACES = Map.ofEntries(
            Map.entry("eth_getbalance", new Place.Account(0)),
            Map.entry("eth_getcode", new Place.Account(0)),
            Map.entry("eth_getstorageat", new Place.Account(0)),
            Map.entry("eth_gettransactioncount", new Place.Account(0)),
            Map.entry("eth_getproof", new Place.Account(0)),
            Map.entry("eth_getaccount", new Place.Account(0)),
            Map.entry("eth_getaccountinfo", new Place.Account(0)),
            Map.entry("linea_getproof", new Place.Account(0)),
            Map.entry("eth_call", new Place.Receiver(0)),
            Map.entry("eth_estimategas", new Place.Receiver(0)),
            Map.entry("eth_createaccesslist", new Place.Receiver(0)),
            Map.entry("linea_estimategas", new Place.Receiver(0)),
            Map.entry("eth_sendtransaction", new Place.Receiver(0)),
            Map.entry("eth_signtransaction", new Place.Receiver(0)),
            Map.entry("eth_filltransaction", new Place.Receiver(0)),
            Map.entry("eth_getlogs", new Place.Filter(0)),
            Map.entry("eth_newfilter", new Place.Filter(0)),
            Map.entry("erigon_getlogs", new Place.Filter(0)),
            Map.entry("erigon_getlatestlogs", new Place.Filter(0)),
            Map.entry("eth_subscribe", new Place.Subscription()));

    /// Others that run code: which contracts that reaches cannot be told from what they name.
    private static final Pattern RUNS_CODE = Pattern.compile("call|simulat|bundle|estimate|trace_filter|trace_raw");

    /// In bytes of JSON, were each of its characters an escape.
    private static final int LONGEST_ADDRESS = 42 * 6 + 2;

    /// As many as go-ethereum takes.
    private static final int MOST_ADDRESSES = 1_000;

    /// Block, and nothing behind it that changes what is called.
    private static final int BEHIND_BLOCK = 2;

    private static final String UNREADABLE =
            "expected the address of a contract, 0x and 40 hex digits, where the method "
                    + "names one; other forms cannot be compared with the list of contracts";

    private NamedContracts() {}

    /// @return null when nothing speaks against the call
    static @Nullable String objection(Set<ContractAddress> allowed, String method, Slice params) {
        String name = method.toLowerCase(Locale.ROOT);
        return switch (PLACES.get(name)) {
            case Place.Account(var index) -> one(allowed, JsonPick.element(params, index));
            case Place.Receiver(var index) -> receiver(allowed, JsonPick.element(params, index), params);
            case Place.Filter(var index) -> filter(allowed, JsonPick.element(params, index));
            case Place.Subscription _ -> subscription(allowed, params);
            case null ->
                RUNS_CODE.matcher(name).find()
                        ? "the method can reach any contract, and the caller may reach certain ones only"
                        : other(allowed, method, params);
        };
    }

    private static @Nullable String receiver(Set<ContractAddress> allowed, Slice transaction, Slice params) {
        Slice overrides = JsonPick.element(params, BEHIND_BLOCK);
        if (!saysNothing(overrides)) {
            return "expected no state overrides: they could lend an address on the list any code";
        }
        return switch (SoleMember.of(transaction, "to")) {
            case SoleMember.Found(var to) -> one(allowed, to);
            case SoleMember.Absent _ -> "expected the address that is called, found none: without it any code runs";
            case SoleMember.Ambiguous _ -> ambiguous("to");
        };
    }

    private static boolean saysNothing(Slice json) {
        if (json.isEmpty() || json.equals(Slice.NULL)) return true;
        return json.at(0) == '{' && JsonPick.size(json) == 0;
    }

    private static @Nullable String filter(Set<ContractAddress> allowed, Slice filter) {
        if (!(SoleMember.of(filter, "addresses") instanceof SoleMember.Absent)) return ambiguous("address");
        return switch (SoleMember.of(filter, "address")) {
            case SoleMember.Found(var address) -> address.at(0) == '[' ? each(allowed, address) : one(allowed, address);
            case SoleMember.Absent _ -> "expected the addresses whose logs are meant, found none, which is all";
            case SoleMember.Ambiguous _ -> ambiguous("address");
        };
    }

    private static @Nullable String subscription(Set<ContractAddress> allowed, Slice params) {
        Slice kind = JsonPick.element(params, 0);
        boolean isOfLogs = !JsonText.isString(kind) || JsonText.decode(kind).equalsIgnoreCase("logs");
        return isOfLogs ? filter(allowed, JsonPick.element(params, 1)) : null;
    }

    private static String ambiguous(String name) {
        return "expected \"" + name + "\" once and in these letters; nodes read anything else in different ways";
    }

    private static @Nullable String each(Set<ContractAddress> allowed, Slice addresses) {
        List<Slice> elements = JsonPick.elements(addresses, MOST_ADDRESSES);
        if (elements == null) return "expected at most " + MOST_ADDRESSES + " addresses, found more";
        if (elements.isEmpty()) return "expected an address, found an empty list, which is all";
        for (Slice address : elements) {
            String objection = one(allowed, address);
            if (objection != null) return objection;
        }
        return null;
    }

    private static @Nullable String one(Set<ContractAddress> allowed, Slice json) {
        if (!JsonText.isString(json) || json.size() > LONGEST_ADDRESS) return UNREADABLE;
        ContractAddress address = ContractAddress.parse(JsonText.decode(json));
        if (address == null) return UNREADABLE;
        return allowed.contains(address) ? null : notListed(address);
    }

    private static @Nullable String other(Set<ContractAddress> allowed, String method, Slice params) {
        String mentioned = mentioned(allowed, params);
        if (mentioned != null || MethodTable.of(method).kind() != Kind.SUBMISSION) return mentioned;
        List<Transaction> transactions = SubmittedTransactions.of(method, params);
        if (transactions == null) return "expected signed transactions that can be read, found something else";
        for (Transaction transaction : transactions) {
            String to = transaction.recipient();
            ContractAddress address = to == null ? null : ContractAddress.parse(to);
            if (address == null)
                return "expected a transaction to a contract on the list, found one that makes a contract";
            if (!allowed.contains(address)) return notListed(address);
        }
        return null;
    }

    private static @Nullable String mentioned(Set<ContractAddress> allowed, Slice params) {
        ContractAddress stranger = MentionedAddresses.stranger(allowed, params);
        return stranger == null ? null : notListed(stranger);
    }

    private static String notListed(ContractAddress address) {
        return "the contract " + address + " is not on the list of those that the caller may reach";
    }
}
