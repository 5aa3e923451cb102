package dev.fairlead.data.transaction;

import static java.util.stream.Collectors.joining;

import dev.fairlead.core.jsonrpc.JsonText;
import dev.fairlead.core.transaction.Authorization;
import dev.fairlead.core.transaction.Examination.Examined;
import dev.fairlead.core.transaction.Transaction;
import dev.fairlead.data.call.Call;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a webhook is told of a submission: who sends it, and its transactions with the names that JSON-RPC has for
/// their fields.
///
/// @param chainId 0 while it is not known
record WebhookQuestion(Call call, long chainId, List<Examined> transactions) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_NAMED = 3;

    byte[] json() {
        ObjectNode question = JSON.createObjectNode();
        question.put("chain", call.chain());
        question.put("chainId", chainId == 0 ? null : hex(BigInteger.valueOf(chainId)));
        question.put("tenant", call.tenant().name());
        question.put(
                "key", call.client().key() == null ? null : call.client().key().alias());
        question.put("client", call.client().address());
        question.put("origin", call.client().origin());
        question.put("method", call.method().name());
        var all = question.putArray("transactions");
        for (Examined one : transactions) describe(one, all.addObject());
        return JSON.writeValueAsBytes(question);
    }

    /// As a log line names its transactions.
    String names() {
        String first = transactions.stream()
                .limit(MOST_NAMED)
                .map(WebhookQuestion::name)
                .collect(joining(", "));
        int more = transactions.size() - MOST_NAMED;
        return more > 0 ? first + " and " + more + " more" : first;
    }

    /// Of a type that is not known, it is not known either what is hashed.
    private static String name(Examined examined) {
        Transaction transaction = examined.transaction();
        return transaction == null ? "a transaction that is not understood" : "the transaction " + transaction.hash();
    }

    private static void describe(Examined examined, ObjectNode shown) {
        Transaction transaction = examined.transaction();
        if (transaction != null) {
            describe(transaction, examined.sender(), shown);
            if (!transaction.authorizations().isEmpty()) {
                describe(transaction.authorizations(), examined.authorities(), shown.putArray("authorizationList"));
            }
        }
        shown.put("raw", JsonText.decode(examined.raw()));
    }

    private static void describe(Transaction transaction, @Nullable String sender, ObjectNode shown) {
        BigInteger chain = transaction.chainId();
        shown.put("hash", transaction.hash());
        shown.put("type", hex(BigInteger.valueOf(transaction.type())));
        shown.put("chainId", chain == null ? null : hex(chain));
        shown.put("from", sender);
        shown.put("to", transaction.recipient());
        shown.put("nonce", hex(transaction.nonce()));
        shown.put("value", hex(transaction.value()));
        shown.put("gas", hex(transaction.gas()));
        shown.put(transaction.hasGasPrice() ? "gasPrice" : "maxFeePerGas", hex(transaction.feePerGas()));
        shown.put("input", transaction.inputHex());
    }

    private static void describe(List<Authorization> authorizations, List<String> authorities, ArrayNode shown) {
        for (int i = 0; i < authorizations.size(); i++) {
            Authorization one = authorizations.get(i);
            ObjectNode each = shown.addObject();
            each.put("chainId", hex(one.chainId()));
            each.put("address", one.delegate());
            each.put("nonce", hex(one.nonce()));
            each.put("authority", authorities.get(i));
        }
    }

    private static String hex(BigInteger number) {
        return "0x" + number.toString(16);
    }
}
