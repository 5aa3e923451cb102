package dev.fairlead.core.allow;

import dev.fairlead.core.allow.ContractPlace.Account;
import dev.fairlead.core.allow.ContractPlace.Anywhere;
import dev.fairlead.core.allow.ContractPlace.Filter;
import dev.fairlead.core.allow.ContractPlace.Names;
import dev.fairlead.core.allow.ContractPlace.Nowhere;
import dev.fairlead.core.allow.ContractPlace.Receiver;
import dev.fairlead.core.allow.ContractPlace.Signed;
import dev.fairlead.core.allow.ContractPlace.Subscription;
import dev.fairlead.core.allow.ContractPlace.Unknown;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.jsonrpc.JsonPick;
import dev.fairlead.core.jsonrpc.JsonReader;
import dev.fairlead.core.jsonrpc.JsonText;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.jsonrpc.SoleMember;
import dev.fairlead.core.transaction.Authorization;
import dev.fairlead.core.transaction.SubmittedTransactions;
import dev.fairlead.core.transaction.Transaction;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether all contracts that a call names are on a list. What nodes could read in two ways is refused: names that
/// stand twice, or in other letters (Go takes `TO` for `to`), and code that is lent to an address for one call.
final class NamedContracts {
    /// In bytes of JSON, were each of its characters an escape.
    private static final int LONGEST_TEXT = 42 * 6 + 2;

    private static final int LONGEST_ADDRESS = 42;

    /// As many as go-ethereum takes.
    private static final int MOST_ADDRESSES = 1_000;

    /// Block, and nothing behind it that changes what is called.
    private static final int BEHIND_BLOCK = 2;

    /// Transaction, block, and two kinds of overrides.
    private static final int MOST_OF_CALL = 4;

    private static final String UNREADABLE =
            "expected the address of a contract, 0x and 40 hex digits, where the method "
                    + "names one; other forms cannot be compared with the list of contracts";

    private static final String TOO_MANY = "expected at most " + MOST_ADDRESSES + " addresses, found more";

    private static final String ANY_CONTRACT =
            "the method can reach any contract, and the caller may reach certain ones only";

    private static final String LENT = "expected no authorizationList: it could lend an address on the list any code";

    /// What `eth_subscribe` tells of beside logs.
    private static final Set<String> WITHOUT_CONTRACTS = Set.of("newheads newpendingtransactions syncing".split(" "));

    private static final String UNKNOWN =
            "it is not known where the method names contracts, so that it cannot be held against the list of those that"
                    + " the caller may reach; ask for the method to be allowed by its name";

    private NamedContracts() {}

    /// @param isTrusted whether the method may pass although it is not known where it names contracts
    /// @return null when nothing speaks against the call
    static @Nullable String objection(Set<ContractAddress> allowed, Method method, boolean isTrusted, Slice params) {
        return switch (ContractPlace.of(method)) {
            case Account(var index) -> one(allowed, JsonPick.element(params, index));
            case Receiver _ -> receiver(allowed, params);
            case Filter _ -> filter(allowed, JsonPick.element(params, 0));
            case Subscription _ -> subscription(allowed, params);
            case Names _ -> names(allowed, JsonPick.element(params, 0));
            case Signed _ -> signed(allowed, method, params);
            case Nowhere _ -> null;
            case Anywhere _ -> ANY_CONTRACT;
            case Unknown _ -> isTrusted ? mentioned(allowed, params) : UNKNOWN;
        };
    }

    private static @Nullable String receiver(Set<ContractAddress> allowed, Slice params) {
        List<Slice> given = JsonPick.elements(params, MOST_OF_CALL);
        if (given == null) return "expected a transaction and a block, and at most " + MOST_OF_CALL + " params";
        if (given.size() > BEHIND_BLOCK && !saysNothing(given.get(BEHIND_BLOCK))) {
            return "expected no state overrides: they could lend an address on the list any code";
        }
        Slice transaction = given.isEmpty() ? Slice.NONE : given.getFirst();
        if (lendsCode(transaction)) return LENT;
        return switch (SoleMember.of(transaction, "to")) {
            case SoleMember.Found(var to) -> one(allowed, to);
            case SoleMember.Absent _ -> "expected the address that is called, found none: without it any code runs";
            case SoleMember.Ambiguous _ -> ambiguous("to");
        };
    }

    private static boolean lendsCode(Slice transaction) {
        return switch (SoleMember.of(transaction, "authorizationList")) {
            case SoleMember.Absent _ -> false;
            case SoleMember.Found(var list) -> !list.equals(Slice.NULL);
            case SoleMember.Ambiguous _ -> !transaction.isEmpty() && transaction.at(0) == '{';
        };
    }

    private static boolean saysNothing(Slice json) {
        return json.equals(Slice.NULL) || (json.at(0) == '{' && !new JsonReader(json).enter());
    }

    private static @Nullable String names(Set<ContractAddress> allowed, Slice object) {
        var json = new JsonReader(object);
        if (json.first() != '{' || !json.enter()) return UNREADABLE;
        int names = 0;
        do {
            ContractAddress address = ContractAddress.parse(json.name(LONGEST_ADDRESS));
            if (address == null) return UNREADABLE;
            if (!allowed.contains(address)) return notListed(address);
            if (++names > MOST_ADDRESSES) return TOO_MANY;
            json.skip();
        } while (json.goesOn('}'));
        return json.isBroken() ? UNREADABLE : null;
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
        boolean isOfLogs = !JsonText.isString(kind)
                || !WITHOUT_CONTRACTS.contains(JsonText.decode(kind).toLowerCase(Locale.ROOT));
        return isOfLogs ? filter(allowed, JsonPick.element(params, 1)) : null;
    }

    private static String ambiguous(String name) {
        return "expected \"" + name + "\" once and in these letters; nodes read anything else in different ways";
    }

    private static @Nullable String each(Set<ContractAddress> allowed, Slice addresses) {
        List<Slice> elements = JsonPick.elements(addresses, MOST_ADDRESSES);
        if (elements == null) return TOO_MANY;
        if (elements.isEmpty()) return "expected an address, found an empty list, which is all";
        for (Slice address : elements) {
            String objection = one(allowed, address);
            if (objection != null) return objection;
        }
        return null;
    }

    private static @Nullable String one(Set<ContractAddress> allowed, Slice json) {
        if (!JsonText.isString(json) || json.size() > LONGEST_TEXT) return UNREADABLE;
        ContractAddress address = ContractAddress.parse(JsonText.decode(json));
        if (address == null) return UNREADABLE;
        return allowed.contains(address) ? null : notListed(address);
    }

    private static @Nullable String signed(Set<ContractAddress> allowed, Method method, Slice params) {
        String mentioned = mentioned(allowed, params);
        if (mentioned != null) return mentioned;
        List<Transaction> transactions = SubmittedTransactions.of(method.name(), params);
        if (transactions == null) return "expected signed transactions that can be read, found something else";
        if (transactions.isEmpty()) return ANY_CONTRACT;
        for (Transaction transaction : transactions) {
            String to = transaction.recipient();
            ContractAddress address = to == null ? null : ContractAddress.parse(to);
            if (address == null)
                return "expected a transaction to a contract on the list, found one that makes a contract";
            if (!allowed.contains(address)) return notListed(address);
            String lent = delegates(allowed, transaction);
            if (lent != null) return lent;
        }
        return null;
    }

    /// Whose code an account is to have from then on, as its holder signed.
    private static @Nullable String delegates(Set<ContractAddress> allowed, Transaction transaction) {
        for (Authorization authorization : transaction.authorizations()) {
            ContractAddress delegate = ContractAddress.parse(authorization.delegate());
            if (delegate == null) return UNREADABLE;
            if (!allowed.contains(delegate)) return notListed(delegate);
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
