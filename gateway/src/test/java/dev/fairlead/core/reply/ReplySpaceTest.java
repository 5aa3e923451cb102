package dev.fairlead.core.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.upstream.Leaks;
import dev.fairlead.core.upstream.RawNode;
import dev.fairlead.core.upstream.Rig.Got;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What stands before and behind the result of a reply is bounded.
@ExtendWith(Leaks.class)
class ReplySpaceTest extends LargeReplies {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":@,\"result\":null}",
                "{\"jsonrpc\":\"2.0\",\"result\":12,\"id\":@}",
                "{\"jsonrpc\":\"2.0\",\"id\":@,\"error\":{\"code\":3,\"message\":\"execution reverted\"}}"
            })
    void aSmallReplyMayBeFollowedByMuchSpace(String shape) throws Exception {
        try (var node = RawNode.saying(shape.replace("@", RawNode.ID) + " ".repeat(400_000))) {
            for (String id : List.of("1", "\"6f9619ff-8b86-d011-b42d\"")) {
                Got got = rig.ask(node.url(), id);

                assertThat(JSON.readTree(got.text())).isEqualTo(JSON.readTree(shape.replace("@", id)));
                assertThat(got.cut()).isNull();
            }
        }
    }

    @Test
    void whatStandsBeforeAndBehindTheResultIsBounded() throws Exception {
        String extra = "\"x\":\"" + "y".repeat(5_000_000) + "\"";
        try (var before = RawNode.saying("{\"jsonrpc\":\"2.0\",\"id\":7777777777," + extra + ",\"result\":1}");
                var behind = RawNode.saying(
                        "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"" + MUCH + "\"," + extra + "}")) {
            assertThat(rig.ask(before.url()).cause()).startsWith("no result or error in the first 4");
            assertThat(rig.ask(behind.url()).cut()).isEqualTo("reply has more than 4194304 bytes behind its result");
        }
    }

    @Test
    void spaceBehindTheReplyIsNotHeld() throws Exception {
        String said = "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"" + MUCH + "\"}" + " ".repeat(6_000_000);
        try (var node = RawNode.saying(said)) {
            Got got = rig.ask(node.url());

            assertThat(got.cut()).isNull();
            assertThat(got.text()).hasSameSizeAs(said);
            assertThat(JSON.readTree(got.text()).get("result").stringValue()).isEqualTo(MUCH);
        }
    }
}
