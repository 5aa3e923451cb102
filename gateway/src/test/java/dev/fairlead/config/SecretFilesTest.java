package dev.fairlead.config;

import static dev.fairlead.config.Toml.faults;
import static dev.fairlead.config.Toml.node;
import static dev.fairlead.config.Toml.valid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.fairlead.config.keys.Configuration;
import dev.fairlead.config.keys.ConfigurationReader;
import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import dev.fairlead.support.Generator;
import dev.fairlead.support.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SecretFilesTest {
    private static final String SECRET = "hunter2hunter2";

    /// Every way in which a secret can stand at the wrong place or in the wrong form.
    static Stream<String> filesWithASecretAtFault() {
        return Stream.of(
                "[admin]\ntoken = \"" + SECRET + " \"",
                "[admin]\ntoken = [\"" + SECRET + "\"]",
                "[admin]\ntokn = \"" + SECRET + "\"",
                "[chains.m.nodes.a]\nurl = \"htp://a/" + SECRET + "\"",
                "[chains.m.nodes.a]\nurl = \"http://a/" + SECRET + "#x\"",
                "[chains.m.nodes.a]\nurl = \"http://" + SECRET + "@:5\"",
                "[chains.m.nodes.a]\nurl = \"" + SECRET + "\"",
                "[chains.m.nodes.a]\nurl = \"" + SECRET + "://a\"",
                "[chains.m.nodes.a]\nurl = \"http://" + SECRET + ":" + SECRET + "\"",
                "[chains.m.nodes.a]\nurl = \"http://u:" + SECRET + "@a\"\nauth.password = \"x\"",
                "[chains.m.nodes.a]\nurl = \"http://a\"\nrole = \"https://a/" + SECRET + "\"",
                "[chains.m.nodes.a]\nurl = \"http://a\"\nauth = { password = \"" + SECRET + "\\n\" }",
                "[chains.m.nodes.a]\nurl = \"http://a\"\nauth = \"" + SECRET + "\"",
                "[chains.m.nodes.a]\nurl = \"http://a\"\nheaders = { k = \"" + SECRET + "\\r\\n\" }",
                "[chains.m.nodes.a]\nurl = \"http://a\"\nheaders = \"" + SECRET + "\"",
                "[chains.m.nodes.a]\nurl = \"http://a\"\nheaders = { k = [\"" + SECRET + "\"] }",
                "[chains.m.nodes.a]\nurl = \"${SECRET}\"",
                "[server]\nlisten = \"${SECRET}\"",
                "[server]\nlisten = \"${SECRET}:80\"",
                "[server]\ngzip = \"${SECRET}\"",
                "[logs]\nlevel = \"${SECRET}\"",
                "[store]\ndirectory = \"pom.xml/${SECRET}\"\n[server]\ntls = { certificate = \"${SECRET}\", key = \"x\" }",
                "[chains.m]\nleaders = [\"${SECRET}\"]",
                "[admin]\ntoken = " + SECRET,
                "[admin]\ntoken = \"x\" " + SECRET,
                "[admin]\ntoken = \"" + SECRET,
                "[admin]\ntoken = '" + SECRET + "\nx = 1");
    }

    @ParameterizedTest
    @MethodSource("filesWithASecretAtFault")
    void noFaultShowsASecret(String toml) {
        assertThat(faults(toml, Map.of("SECRET", SECRET))).noneMatch(fault -> fault.contains(SECRET));
    }

    @Test
    void settingsPrintedShowNoSecret() {
        Property.holds(1000, any -> settingsPrintedShowNoSecret(secrets(any)));
    }

    private void settingsPrintedShowNoSecret(List<String> secrets) {
        var toml = """
                [admin]
                token = "%s"
                [chains.m.nodes.a]
                url = "https://a/v3/%s?key=%s"
                ws_url = "wss://a/ws/%s"
                headers = { X-Key = "%s" }
                auth = { user = "u", password = "%s" }
                [chains.m.nodes.b]
                url = "https://u:%s@b"
                """.formatted(secrets.toArray());

        var printed = valid(toml).toString();

        assertThat(secrets).noneMatch(printed::contains);
    }

    private static List<String> secrets(Generator any) {
        return any.list(7, 7, () -> "k3y" + any.text(Generator.LETTERS + Generator.DIGITS, 24, 24));
    }

    @Test
    void aSecretMayStandInAFileOfItsOwn(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("password.txt"), "s3cret word\n\n");
        Files.writeString(directory.resolve("url.txt"), "https://a/v3/key\n");
        Files.writeString(directory.resolve("fairlead.toml"), """
                [chains.m.nodes.a]
                url = { file = "url.txt" }
                auth = { password = { file = "${WHERE}/password.txt" } }
                headers = { X-Key = { file = "password.txt" } }
                """);

        var read = ConfigurationReader.read(directory.resolve("fairlead.toml"), Map.of("WHERE", directory.toString()));

        var node = node(((Configuration.Valid) read).settings(), "m", "a");
        assertThat(node.endpoint().http().toString()).isEqualTo("https://a/v3/key");
        assertThat(node.endpoint().auth()).isEqualTo(new BasicAuth("", "s3cret word"));
        assertThat(node.endpoint().headers()).containsEntry("X-Key", "s3cret word");
    }

    @Test
    void theTableOfASecretFileIsStrictToo() {
        assertThat(faults("[admin]\ntoken = { fil = \"x\" }"))
                .containsExactly(
                        "fairlead.toml:2:11: admin.token.fil: expected a text or { file = \"path\" }, found the "
                                + "key fil");
        assertThat(faults("[admin]\ntoken = {}"))
                .containsExactly(
                        "fairlead.toml:2:1: admin.token: expected a text or { file = \"path\" }, found an empty "
                                + "table");
        assertThat(faults("[admin]\ntoken = { file = 5 }"))
                .containsExactly("fairlead.toml:2:11: admin.token.file: expected the path of a file");
        assertThat(faults("[admin]\ntoken = { file = \"no/such\" }"))
                .containsExactly("fairlead.toml:2:11: admin.token.file: there is no such file; the path is relative to "
                        + "the configuration file");
    }

    static Stream<Arguments> secretFiles() {
        return Stream.of(
                arguments("s3cret-word", "s3cret-word"),
                arguments("s3cret-word\n", "s3cret-word"),
                arguments("s3cret-word\r\n", "s3cret-word"),
                arguments("s3cret-word \t\n\n", "s3cret-word"),
                arguments("\ufeffs3cret-word\r\n", "s3cret-word"),
                arguments("s3cret\n", "characters without spaces, found a text of 6 characters in the file"),
                arguments("", "found an empty one"),
                arguments(" \r\n", "found nothing but white space in it"),
                arguments("\ufeff", "found nothing but white space in it"),
                arguments("one\ntwo\n", "expected one line that is the secret, found 2 lines"),
                arguments("s3\0cret", "found a control character in it"),
                arguments("x".repeat(64 * 1024 + 1), "expected a file of at most 64 KiB"));
    }

    @ParameterizedTest
    @MethodSource("secretFiles")
    void aSecretFileIsReadOrSaysWhatIsWrong(String content, String expected, @TempDir Path directory)
            throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), content);

        assertRead(file, expected);
    }

    @ParameterizedTest
    @CsvSource({"/dev/null,found an empty one", "/dev/zero,at most 64 KiB", "src,found a directory", "no/such,no such"})
    void whatIsNoUsualFileSaysWhatItIs(Path file, String expected) {
        assertRead(file, expected);
    }

    @Test
    void aSecretFileThatIsOpenToAllIsRemarkedOn(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), "s3cret-word");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(notices(file)).anyMatch(notice -> notice.contains("every user of this machine may read the file"));

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(notices(file)).isEmpty();
    }

    private static void assertRead(Path file, String expected) {
        String toml = "[admin]\ntoken = { file = \"" + file + "\" }";
        switch (ConfigurationReader.parse(toml, Path.of(""), Map.of())) {
            case Configuration.Valid valid ->
                assertThat(valid.settings().admin().token()).isEqualTo(expected);
            case Configuration.Faulty(var faults) ->
                assertThat(faults).singleElement().asString().contains("admin.token", expected);
        }
    }

    private static List<String> notices(Path file) {
        return Toml.notices("[admin]\ntoken = { file = \"" + file + "\" }");
    }
}
