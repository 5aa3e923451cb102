package dev.fairlead.config.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What is committed and what the keys say are the same. After a change of the keys, run this test with
/// `-Dfairlead.docs=write` and look at the difference.
class KeyDocumentationTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/configuration.md");
    private static final Path SCHEMA = ROOT.resolve("docs/fairlead.schema.json");
    private static final boolean WRITE = "write".equals(System.getProperty("fairlead.docs"));

    @Test
    void thePageListsEveryKeyAsTheCodeHasIt() throws IOException {
        String page = Files.readString(PAGE);

        String expected = between(page, "reference", ReferencePage.text().stripTrailing());

        if (WRITE) Files.writeString(PAGE, expected);
        else assertThat(page).isEqualTo(expected);
    }

    @Test
    void thePageShowsTheExampleAsItIs() throws IOException {
        String page = Files.readString(PAGE);
        String example = Files.readString(ROOT.resolve("examples/mainnet-with-leader.toml"));

        String expected = between(page, "example", "```toml\n" + example.stripTrailing() + "\n```");

        if (WRITE) Files.writeString(PAGE, expected);
        else assertThat(page).isEqualTo(expected);
    }

    @Test
    void theCommittedSchemaIsTheOneThatTheKeysMake() throws IOException {
        if (WRITE) Files.writeString(SCHEMA, JsonSchema.text());

        assertThat(Files.readString(SCHEMA)).isEqualTo(JsonSchema.text());
    }

    private static String between(String page, String marker, String content) {
        int begin = page.indexOf("-->\n", page.indexOf("<!-- " + marker)) + 4;
        int end = page.indexOf("<!-- /" + marker);
        assertThat(begin).as("marker " + marker).isBetween(4, end);
        return page.substring(0, begin) + "\n" + content + "\n\n" + page.substring(end);
    }
}
