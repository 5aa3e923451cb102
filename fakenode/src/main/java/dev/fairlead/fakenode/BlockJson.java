package dev.fairlead.fakenode;

/// Blocks the way geth renders them. Everything that the chain does not simulate is a constant.
final class BlockJson {
    private static final String EMPTY_UNCLES = "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347";
    private static final String EMPTY_ROOT = "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421";
    private static final String CONSTANTS = """
            ,"sha3Uncles":"%s","miner":"0x%s","stateRoot":"%s","transactionsRoot":"%s","receiptsRoot":"%s",\
            "logsBloom":"0x%s","difficulty":"0x0","gasLimit":"0x2255100","gasUsed":"0x0","extraData":"0x",\
            "mixHash":"0x%s","baseFeePerGas":"0x3b9aca00\"""".formatted(
                    EMPTY_UNCLES, "0".repeat(40), EMPTY_ROOT, EMPTY_ROOT, EMPTY_ROOT, "0".repeat(512), "0".repeat(64));

    private BlockJson() {}

    /// What a newHeads subscription is sent.
    static String header(Block block) {
        return "{" + identity(block.number(), block.parentHash(), block) + "}";
    }

    static String full(Block block) {
        return "{" + identity(block.number(), block.parentHash(), block)
                + ",\"size\":\"0x21c\",\"transactions\":[],\"uncles\":[],\"withdrawals\":[]}";
    }

    /// The block being built on `head`: it has no hash and no nonce yet.
    static String pending(Block head) {
        return "{\"number\":\"" + Hex.quantity(head.number() + 1) + "\",\"hash\":null,\"nonce\":null,\"parentHash\":\""
                + head.hash() + "\",\"timestamp\":\"" + seconds(head) + '"' + CONSTANTS
                + ",\"size\":\"0x21c\",\"transactions\":[],\"uncles\":[],\"withdrawals\":[]}";
    }

    private static String identity(long number, String parentHash, Block block) {
        return "\"number\":\"" + Hex.quantity(number) + "\",\"hash\":\"" + block.hash() + "\",\"parentHash\":\""
                + parentHash + "\",\"nonce\":\"0x0000000000000000\",\"timestamp\":\"" + seconds(block) + '"'
                + CONSTANTS;
    }

    private static String seconds(Block block) {
        return Hex.quantity(block.timestamp().getEpochSecond());
    }
}
