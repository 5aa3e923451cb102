package dev.fairlead.fakenode;

import java.math.BigDecimal;
import java.time.Duration;

/// Runs one node until the process ends: `FakeNodeMain --port 8545 --block-time 12 --chain-id 1 --threads 1`.
/// The block time is in seconds and may be a fraction; 0 mines nothing. Calls are counted, not recorded.
public final class FakeNodeMain {
    private FakeNodeMain() {}

    record Options(int port, Duration blockTime, long chainId, int threads) {
        static final Options DEFAULT = new Options(8545, Duration.ofSeconds(12), 1, 1);

        static Options parse(String... arguments) {
            Options options = DEFAULT;
            for (int i = 0; i < arguments.length; i += 2) {
                if (i + 1 == arguments.length) {
                    throw new IllegalArgumentException("expected a value after " + arguments[i]);
                }
                options = options.with(arguments[i], arguments[i + 1]);
            }
            return options;
        }

        private Options with(String name, String value) {
            return switch (name) {
                case "--port" -> new Options(Integer.parseInt(value), blockTime, chainId, threads);
                case "--block-time" -> new Options(port, seconds(value), chainId, threads);
                case "--chain-id" -> new Options(port, blockTime, Long.parseLong(value), threads);
                case "--threads" -> new Options(port, blockTime, chainId, Integer.parseInt(value));
                default ->
                    throw new IllegalArgumentException(
                            "expected --port, --block-time, --chain-id or --threads, found " + name);
            };
        }

        private static Duration seconds(String value) {
            return Duration.ofMillis(new BigDecimal(value).movePointRight(3).longValue());
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        Options options = Options.parse(arguments);
        FakeChain chain = FakeChain.of(options.chainId());
        chain.mine(100);
        try (var node = FakeNode.start(chain, options.port(), options.threads())) {
            node.recording(false);
            System.out.printf("fake node of chain %d at %s and %s%n", chain.chainId(), node.httpUrl(), node.wsUrl());
            mineForEver(chain, options.blockTime());
        }
    }

    private static void mineForEver(FakeChain chain, Duration blockTime) throws InterruptedException {
        if (blockTime.isZero()) {
            Thread.currentThread().join();
        }
        while (true) {
            Thread.sleep(blockTime);
            chain.mine();
        }
    }
}
