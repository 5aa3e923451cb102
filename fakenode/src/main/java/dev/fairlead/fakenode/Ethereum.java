package dev.fairlead.fakenode;

import dev.fairlead.fakenode.Said.Failure;
import dev.fairlead.fakenode.Said.Value;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;

/// The true answers: what an honest node would say to a call, given what it sees.
/// Error codes and texts are those of geth.
final class Ethereum {
    private static final int INVALID_PARAMS = -32602;
    private static final int NOT_FOUND = -32601;
    private static final int SERVER = -32000;
    private static final String BALANCE = Hex.quantity(1_000_000_000_000_000_000L);

    private final Sight sight;
    private final Persona persona;
    private final Mempool mempool;
    private final Consumer<String> submitted;

    /// `submitted` is told the hash of each new transaction.
    Ethereum(Sight sight, Persona persona, Mempool mempool, Consumer<String> submitted) {
        this.sight = sight;
        this.persona = persona;
        this.mempool = mempool;
        this.submitted = submitted;
    }

    Said answer(Received call) {
        try {
            return dispatch(call);
        } catch (Params.Missing missing) {
            return new Failure(INVALID_PARAMS, String.valueOf(missing.getMessage()));
        } catch (IllegalArgumentException | JacksonException wrong) {
            return new Failure(INVALID_PARAMS, "invalid argument");
        }
    }

    private Said dispatch(Received call) {
        return switch (call.method()) {
            case "" -> new Failure(-32600, "invalid request");
            case "eth_chainId" -> Said.quantity(persona.chainId);
            case "net_version" -> Said.text(Long.toString(persona.chainId));
            case "web3_clientVersion" -> Said.text(persona.clientVersion);
            case "eth_blockNumber" -> Said.quantity(sight.head().number());
            case "eth_syncing" -> new Value(persona.syncing);
            case "net_peerCount" -> Said.quantity(persona.peers);
            case "net_listening" -> new Value("true");
            case "eth_accounts", "eth_getLogs" -> new Value("[]");
            case "eth_gasPrice" -> Said.text("0x3b9aca00");
            case "eth_maxPriorityFeePerGas" -> Said.text("0x1");
            case "eth_estimateGas" -> Said.text("0x5208");
            case "eth_getTransactionReceipt" -> new Value("null");
            default -> withParams(call.method(), call);
        };
    }

    private Said withParams(String method, Received call) {
        return switch (method) {
            case "eth_getBlockByNumber" ->
                blockByNumber(Params.of(call.params()).text(0));
            case "eth_getBlockByHash" ->
                rendered(sight.block(Params.of(call.params()).text(0)));
            case "eth_getBalance" -> atBlock(call, 1, _ -> Said.text(BALANCE));
            case "eth_getTransactionCount" -> atBlock(call, 1, _ -> Said.text("0x0"));
            case "eth_getCode" -> atBlock(call, 1, _ -> Said.text("0x"));
            case "eth_getStorageAt" -> atBlock(call, 2, _ -> Said.text(word(0)));
            case "eth_call" -> atBlock(call, 1, block -> Said.text(word(block.number())));
            case "eth_sendRawTransaction" -> submit(Params.of(call.params()).text(0));
            case "eth_getTransactionByHash" ->
                transaction(Params.of(call.params()).text(0));
            case "eth_subscribe", "eth_unsubscribe" -> new Failure(NOT_FOUND, "notifications not supported");
            default -> new Failure(NOT_FOUND, "the method " + method + " does not exist/is not available");
        };
    }

    private Said blockByNumber(String tagOrNumber) {
        return tagOrNumber.equals("pending")
                ? new Value(BlockJson.pending(sight.head()))
                : rendered(sight.named(tagOrNumber));
    }

    private static Said rendered(Optional<Block> block) {
        return new Value(block.map(BlockJson::full).orElse("null"));
    }

    private interface AtBlock {
        Said answer(Block block);
    }

    private Said atBlock(Received call, int position, AtBlock state) {
        String named = Params.of(call.params()).block(position);
        Optional<Block> block = named.length() == 66 ? sight.block(named) : sight.named(named);
        return block.map(state::answer).orElseGet(() -> new Failure(SERVER, "header not found"));
    }

    private static String word(long number) {
        return "0x%064x".formatted(number);
    }

    private Said submit(String raw) {
        String hash = Hex.data(Keccak.hash(Hex.bytes(raw)));
        if (!mempool.add(hash, raw)) {
            return new Failure(SERVER, "already known");
        }
        submitted.accept(hash);
        return Said.text(hash);
    }

    private Said transaction(String hash) {
        return new Value(mempool.raw(hash)
                .map(_ -> """
                        {"hash":"%s","blockHash":null,"blockNumber":null,"transactionIndex":null,"type":"0x2",\
                        "nonce":"0x0","from":"0x%s","to":"0x%s","value":"0x0","gas":"0x5208","input":"0x"}""".formatted(hash, "0".repeat(40), "0".repeat(40)))
                .orElse("null"));
    }
}
