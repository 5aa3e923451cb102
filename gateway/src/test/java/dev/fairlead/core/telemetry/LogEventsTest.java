package dev.fairlead.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.jwt.TokenFault;
import dev.fairlead.core.telemetry.Events.CallEnded;
import dev.fairlead.core.telemetry.Events.Ending;
import dev.fairlead.core.telemetry.Events.Unchecked;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class LogEventsTest {
    private final Logger calls = (Logger) LoggerFactory.getLogger("fairlead.calls");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        calls.addAppender(lines);
    }

    @AfterEach
    void stop() {
        calls.detachAppender(lines);
    }

    @Test
    void aCallToAClosedMethodNamesItTheTenantAndWhatOpensItOnOneLine() {
        var clients = (Logger) LoggerFactory.getLogger("fairlead.clients");
        clients.addAppender(lines);

        new LogEvents().closed("mainnet", "dapp", "debug_x\n\u001b[2J" + "y".repeat(5_000), "closed by policy.preset");

        clients.detachAppender(lines);
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.INFO);
            assertThat(line.getFormattedMessage())
                    .startsWith("debug_x  [2Jyyy")
                    .endsWith("… was refused to dapp: closed by policy.preset")
                    .hasSizeLessThan(300);
            assertThat(line.getKeyValuePairs())
                    .anyMatch(pair -> pair.key.equals("tenant") && pair.value.equals("dapp"));
        });
    }

    @Test
    void aRefusedTokenIsToldWithWhatItSaysOfItselfOnceInAWhile() {
        var clients = (Logger) LoggerFactory.getLogger("fairlead.clients");
        clients.addAppender(lines);
        var events = new LogEvents();

        events.tokenRefused(TokenFault.UNKNOWN_KEY, "192.0.2.7", () -> "for swap with kid \"r2\"");
        events.tokenRefused(TokenFault.UNKNOWN_KEY, "192.0.2.7", () -> {
            throw new AssertionError("nobody needs to know");
        });
        events.tokenRefused(TokenFault.KEY_MISSING, "192.0.2.7", () -> "");

        clients.detachAppender(lines);
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "a token for swap with kid \"r2\" is refused: unknown-key; more of them for that reason are only"
                                + " counted for 10 s",
                        "a token is refused: key-missing; more of them for that reason are only counted for 10 s");
    }

    @Test
    void aSubmissionWithoutAVerdictNamesTheTransactionItsTenantAndWhatBecameOfIt() {
        new LogEvents()
                .unchecked(new Unchecked(
                        1,
                        "mainnet",
                        "dapp",
                        "web",
                        "192.0.2.7",
                        "eth_sendRawTransaction",
                        "the transaction 0xab",
                        "https://checks.example/",
                        "no answer in time",
                        Unchecked.Then.SENT,
                        500_000_000));

        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getFormattedMessage())
                    .isEqualTo("the webhook https://checks.example/ gave no verdict: no answer in time;"
                            + " the transaction 0xab of dapp on mainnet goes on unchecked");
            assertThat(line.getKeyValuePairs())
                    .extracting(pair -> pair.key + "=" + pair.value)
                    .contains("tenant=dapp", "key=web", "chain=mainnet", "client=192.0.2.7", "outcome=sent", "ms=500");
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            OBJECTED, INFO, call objected to: too many results
            FAILED,   WARN, call failed: too many results
            SERVED,   ,
            REFUSED,  ,
            """)
    void oneLineForEveryCallThatFailedOrThatEveryNodeObjectedTo(Ending ending, String level, String text) {
        var node = new NodeId("mainnet", "geth-1");

        new LogEvents()
                .callEnded(new CallEnded(
                        1,
                        null,
                        "mainnet",
                        "eth_getLogs",
                        ending,
                        node,
                        3,
                        2,
                        -32005,
                        "too many results",
                        200,
                        0,
                        "public",
                        null,
                        "127.0.0.1",
                        null,
                        "ab",
                        null,
                        0));

        if (level == null) {
            assertThat(lines.list).isEmpty();
            return;
        }
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.valueOf(level));
            assertThat(line.getFormattedMessage()).isEqualTo(text);
            assertThat(line.getKeyValuePairs()).anyMatch(pair -> pair.key.equals("node") && node.equals(pair.value));
            assertThat(line.getKeyValuePairs())
                    .anyMatch(pair -> pair.key.equals("attempts") && pair.value.equals(3))
                    .anyMatch(pair -> pair.key.equals("lookups") && pair.value.equals(2));
        });
    }

    @Test
    void textsOfFaultsThatMayHoldWhatStrangersSentAreNotLogged() {
        var process = (Logger) LoggerFactory.getLogger("fairlead.process");
        process.addAppender(lines);
        process.setAdditive(false);
        var cause = new IllegalArgumentException("The URI contain illegal characters: /fl_secret ");

        for (Part part : List.of(Part.CLIENTS, Part.DISPATCH, Part.UPSTREAM, Part.ADMIN)) {
            new LogEvents().fault(part, "a fault", new IllegalStateException("of fl_secret", cause));
        }

        process.setAdditive(true);
        process.detachAppender(lines);
        assertThat(lines.list)
                .hasSize(4)
                .allSatisfy(line -> assertThat(ThrowableProxyUtil.asString(line.getThrowableProxy()))
                        .contains(
                                "java.lang.IllegalStateException",
                                "java.lang.IllegalArgumentException",
                                "LogEventsTest")
                        .doesNotContain("fl_secret"));
    }
}
