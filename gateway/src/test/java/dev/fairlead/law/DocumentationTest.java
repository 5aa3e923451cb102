package dev.fairlead.law;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jwt.TokenFault;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.core.style.ErrorStyle;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.call.StyledError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the documents promise is what the code does.
class DocumentationTest {
    private static final Path DOCS = Path.of("../docs");
    private static final Path SOURCES = Path.of("src/main/java/dev/fairlead");
    /// What the page of a package tells a newcomer to read first.
    private static final Pattern READ_FIRST = Pattern.compile("Read \\[(?:[a-z.]+\\.)?([A-Z]\\w+)]");
    /// A file by its package, as `data/routing/Router`.
    private static final Pattern FILE = Pattern.compile("`((?:[a-z]+/)+[A-Z]\\w+)`");

    @Test
    void theTableOfRefusalsIsTheOneInTheCode() throws IOException {
        String operations = Files.readString(DOCS.resolve("operations.md"));

        assertThat(Stream.of(Refusal.values()))
                .allSatisfy(refusal -> assertThat(operations)
                        .contains("| %s | %d | %d |".formatted(refusal, refusal.code(), refusal.httpStatus())));
    }

    @Test
    void theTableOfErrorStylesIsTheOneInTheCode() throws IOException {
        String policy = Files.readString(DOCS.resolve("policy.md"));

        assertThat(Stream.of(Refusal.values()).map(DocumentationTest::styles))
                .allSatisfy(row -> assertThat(policy).contains(row));
    }

    @Test
    void everyReasonToRefuseATokenIsExplained() throws IOException {
        String policy = Files.readString(DOCS.resolve("policy.md"));

        assertThat(Stream.of(TokenFault.values()))
                .allSatisfy(fault -> assertThat(policy).contains("| `" + fault.word() + "` | "));
    }

    @Test
    void theWordsOfRefusalsInUsageAreThoseOfTheCode() throws IOException {
        String policy = Files.readString(DOCS.resolve("policy.md"));
        int begin = policy.indexOf("The words behind them");
        String told = policy.substring(begin, policy.indexOf("Which limit refused", begin));
        List<String> words = Pattern.compile("`([a-z-]+)`")
                .matcher(told)
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(words)
                .hasSizeGreaterThan(4)
                .isSubsetOf(Stream.of(Refusal.values()).map(Refusal::word).toList());
    }

    private static String styles(Refusal why) {
        return "| %s | %s | %s |".formatted(why, cell(why, ErrorStyle.INFURA), cell(why, ErrorStyle.GETH));
    }

    private static String cell(Refusal why, ErrorStyle style) {
        StyledError said = StyledError.of(ErrorPolicy.of(style), new Refused(why, ""), "X");
        String text = said.text().isEmpty() ? "" : " \"" + said.text() + "\"";
        return said.code() + ", " + said.httpStatus() + text;
    }

    @Test
    void everyPackageStandsInTheArchitecture() throws IOException {
        String architecture = Files.readString(DOCS.resolve("architecture.md"));

        assertThat(PackageLawTest.names())
                .allSatisfy(name -> assertThat(architecture)
                        .contains("`" + name.replaceFirst("^(core|data|control)\\.", "") + "`"));
    }

    @Test
    void everyFileThatIsNamedIsThere() throws IOException {
        List<String> named = new ArrayList<>();
        try (Stream<Path> pages = Files.list(DOCS)) {
            for (Path page :
                    pages.filter(path -> path.toString().endsWith(".md")).toList()) {
                FILE.matcher(Files.readString(page))
                        .results()
                        .map(found -> found.group(1))
                        .forEach(named::add);
            }
        }

        assertThat(named).hasSizeGreaterThan(15);
        assertThat(named)
                .allSatisfy(file -> assertThat(SOURCES.resolve(file + ".java")).exists());
    }

    @Test
    void everyPackagesPageNamesATypeToReadFirst() throws IOException {
        for (Path page : pages()) {
            Matcher first = READ_FIRST.matcher(Files.readString(page).replace("\n/// ", " "));

            assertThat(first.find()).as("%s: Read [X] first", page).isTrue();
            assertThat(page.resolveSibling(first.group(1) + ".java")).exists();
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.endsWith("package-info.java")).toList();
        }
    }
}
