package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.support.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongPredicate;
import tools.jackson.databind.JsonNode;

/// A real client that calls an endpoint all the while.
interface Traffic extends AutoCloseable {
    /// Stops calling and tells what was seen.
    Seen end();

    @Override
    void close();

    static Traffic viem(String url, int account) {
        return ScriptedTraffic.start("viem", url, account, "all");
    }

    /// Sends no transactions.
    static Traffic reads(String url, int account) {
        return ScriptedTraffic.start("viem", url, account, "reads");
    }

    static Traffic ethers(String url, int account) {
        return ScriptedTraffic.start("ethers", url, account, "all");
    }

    /// What a client saw.
    record Seen(JsonNode report) {
        long calls() {
            return report.path("calls").asLong();
        }

        /// No call failed, no head went back, and every block, balance and transaction was that of the chain.
        void assertRight(AnvilNetwork network) {
            assertRight(network, _ -> false);
        }

        /// @param told heights at which the nodes themselves disagreed for a moment
        void assertRight(AnvilNetwork network, LongPredicate told) {
            LongPredicate quarrelled = told.or(network::slippedAt);
            String client = report.path("client").asString();
            assertThat(report.path("failures"))
                    .as("failures that %s saw", client)
                    .isEmpty();
            assertThat(report.path("stepsBack"))
                    .as("heads that went back for %s", client)
                    .isEmpty();
            assertThat(calls()).as("calls of %s", client).isGreaterThan(20);
            assertThat(report.path("conflicts"))
                    .as("blocks that changed for %s", client)
                    .allMatch(height -> quarrelled.test(height.asLong()));
            for (var block : report.path("blocks").properties()) {
                long number = Long.parseLong(block.getKey());
                if (quarrelled.test(number)) continue;
                assertThat(block.getValue().asString())
                        .as("%s: block %s", client, number)
                        .isEqualTo(network.canonicalHash(number));
            }
            for (var balance : report.path("balances").properties()) {
                long number = Long.parseLong(balance.getKey());
                if (quarrelled.test(number)) continue;
                String address = report.path("address").asString();
                // While anvil mines, it may answer for its newest block from the state of the next one.
                assertThat(balance.getValue().asString())
                        .as("%s: balance at block %s", client, number)
                        .isIn(network.balanceAt(address, number), network.balanceAt(address, number + 1));
            }
            for (JsonNode transaction : report.path("transactions")) {
                Await.until(
                        client + ": transaction " + transaction.asString() + " is mined",
                        Duration.ofSeconds(10),
                        () -> network.hasTransaction(transaction.asString()));
            }
        }
    }

    /// A JavaScript client in a process of its own.
    final class ScriptedTraffic implements Traffic {
        private final Process process;
        private final BufferedReader lines;

        private ScriptedTraffic(Process process, BufferedReader lines) {
            this.process = process;
            this.lines = lines;
        }

        static ScriptedTraffic start(String client, String url, int account, String what) {
            try {
                var process = new ProcessBuilder("node", "traffic.mjs", client, url, Integer.toString(account), what)
                        .directory(Path.of("src/test/clients").toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                var lines = process.inputReader();
                if (!"started".equals(lines.readLine())) throw new IllegalStateException(client + " did not start");
                return new ScriptedTraffic(process, lines);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public Seen end() {
            try {
                process.outputWriter().close();
                String report = lines.readLine();
                if (report == null) throw new IllegalStateException("the client died");
                return new Seen(Anvil.JSON.readTree(report));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
