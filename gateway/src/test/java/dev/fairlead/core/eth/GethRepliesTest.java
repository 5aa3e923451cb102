package dev.fairlead.core.eth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a real geth answered when it was asked wrongly, or for what it does not have. Each line of the transcript: what
/// it means, the method, the params (`[]` where they are long), and the error as geth wrote it.
class GethRepliesTest {
    private static final String TRANSCRIPT = "/geth-1.16.7.tsv";

    static List<String> transcript() throws IOException {
        try (InputStream lines = Objects.requireNonNull(GethRepliesTest.class.getResourceAsStream(TRANSCRIPT))) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("transcript")
    void everyErrorOfGethsIsUnderstood(String line) {
        String[] parts = line.split("\t", -1);
        RpcError error = Objects.requireNonNull(RpcError.read(Slice.of(parts[3])));

        ErrorMeaning found = NodeErrors.complaint(MethodTable.of(parts[1]), Slice.of(parts[2]), 200, error);

        assertThat(found.name()).as(line).isEqualTo(parts[0]);
    }
}
