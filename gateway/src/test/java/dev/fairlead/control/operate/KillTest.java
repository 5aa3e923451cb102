package dev.fairlead.control.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
    private static final int BEFORE_THE_KILL = 60;

    @TempDir
    Path directory;

    @RepeatedTest(2)
    void everyAcknowledgedOrderIsThereAfterKillNine() throws Exception {
        Set<String> acknowledged = ordersOfAProcessThatIsKilled();

        try (Registry registry = Registry.open(directory)) {
            Set<String> found = new LinkedHashSet<>(registry.nodes());

            // The order that was under way when the process died was carried out whole, or not at all.
            Set<String> more = new LinkedHashSet<>(found);
            more.removeAll(acknowledged);
            Set<String> missing = new LinkedHashSet<>(acknowledged);
            missing.removeAll(found);
            assertThat(more.size() + missing.size()).isLessThanOrEqualTo(1);
            assertThat(missing)
                    .allSatisfy(node -> assertThat(registry.store.audit(Long.MAX_VALUE, 1))
                            .singleElement()
                            .satisfies(line -> {
                                assertThat(line.what()).isEqualTo("remove");
                                assertThat("default/" + line.node()).isEqualTo(node);
                            }));
            assertThat(registry.store.audit(Long.MAX_VALUE, 10_000)).hasSize((int) registry.store.revision());
        }
    }

    private Set<String> ordersOfAProcessThatIsKilled() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OrdersUntilKilled.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Set<String> acknowledged = new LinkedHashSet<>();
        int lines = 0;
        try (BufferedReader told = process.inputReader()) {
            for (String line = told.readLine(); line != null; line = told.readLine()) {
                int order = Integer.parseInt(line);
                if (order > 0) acknowledged.add("default/node-" + order);
                else acknowledged.remove("default/node-" + -order);
                // Not by the process itself, which would close the pipe with what was told last.
                if (++lines == BEFORE_THE_KILL) process.toHandle().destroyForcibly();
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("killed by signal 9").isEqualTo(137);
        assertThat(lines).isGreaterThanOrEqualTo(BEFORE_THE_KILL);
        return acknowledged;
    }
}
