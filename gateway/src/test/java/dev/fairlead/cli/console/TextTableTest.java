package dev.fairlead.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TextTableTest {
    @Test
    @Timeout(30)
    void twentyThousandRowsAreSoonWritten() {
        var table = new TextTable("NODE", "BLOCK");
        for (int i = 0; i < 20_000; i++) table.row("node-" + i, i);

        assertThat(table.toString().lines()).hasSize(20_001).endsWith("node-19999  19999");
    }
}
