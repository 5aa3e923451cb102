package dev.fairlead.law;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.data.call.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the documents promise is what the code does.
class DocumentationTest {
    private static final Path DOCS = Path.of("../docs");

    @Test
    void theTableOfRefusalsIsTheOneInTheCode() throws IOException {
        String operations = Files.readString(DOCS.resolve("operations.md"));

        assertThat(Stream.of(Refusal.values()))
                .allSatisfy(refusal -> assertThat(operations)
                        .contains("| %s | %d | %d |".formatted(refusal, refusal.code(), refusal.status())));
    }

    @Test
    void everyPackageStandsInTheArchitecture() throws IOException {
        String architecture = Files.readString(DOCS.resolve("architecture.md"));

        assertThat(PackageLawTest.names())
                .allSatisfy(name -> assertThat(architecture)
                        .contains("`" + name.replaceFirst("^(core|data|control)\\.", "") + "`"));
    }
}
