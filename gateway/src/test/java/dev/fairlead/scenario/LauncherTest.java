package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `./fairlead rehearse` leaves behind makes starts quick, and never breaks one, whatever became of it.
class LauncherTest {
    private static final int FAILED = 1;
    private static final int BUSY = 75;

    @TempDir
    private static Path home;

    @TempDir
    private Path directory;

    /// What a command printed, and how it ended.
    private record LauncherRun(int code, String out, String err) {}

    @BeforeAll
    static void anUnpackedReleaseThatWasRehearsed() throws Exception {
        Path launcher = Path.of("").toAbsolutePath().resolveSibling("fairlead");
        Files.copy(launcher, home.resolve("fairlead"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(target());
        pack(target().resolve("fairlead.jar"), "a release");
        LauncherRun ran = run(home, "", "rehearse", "--calls", "320");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).isEqualTo("rehearsed 320 calls\n");
    }

    @Test
    void aStartTakesWhatTheRehearsalLeft() {
        assertThat(isQuick()).isTrue();
        assertThat(target().resolve("quick.new")).doesNotExist();
        assertThat(target().resolve("quick/native")).isNotEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:+UseG1GC",
                "-XX:+UseParallelGC",
                "-XX:+UseZGC",
                "-XX:-UseCompactObjectHeaders",
                "-XX:-UseCompressedOops",
                "-Xmx48m",
                "-Xmx1g",
                "-Xshare:off",
                "-XX:AOTMode=off",
                "-XX:TieredStopAtLevel=0",
                "-Djava.library.path=/nowhere"
            })
    void otherFlagsStartWithoutAWord(String flag) {
        assertStartsWithoutAWord(flag);
    }

    @Test
    void aReplacedJarStartsWithoutWhatWasRehearsedWithTheOther() throws Exception {
        Path jar = target().resolve("fairlead.jar");
        FileTime before = Files.getLastModifiedTime(jar);
        try {
            Files.setLastModifiedTime(jar, FileTime.from(before.toInstant().minus(Duration.ofDays(1))));

            assertStartsWithoutAWord("");
            assertThat(isQuick()).isFalse();
        } finally {
            Files.setLastModifiedTime(jar, before);
        }
    }

    @Test
    void aJarReplacedByOneOfTheSameTimeStartsWithoutAWord() throws Exception {
        Path jar = target().resolve("fairlead.jar");
        FileTime before = Files.getLastModifiedTime(jar);
        byte[] content = Files.readAllBytes(jar);
        try {
            pack(jar, "another release");
            Files.setLastModifiedTime(jar, before);

            assertStartsWithoutAWord("");
            assertThat(isQuick()).isFalse();
        } finally {
            Files.write(jar, content);
            Files.setLastModifiedTime(jar, before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"of another JDK", "cut off", "empty", "of another kind", "missing"})
    void anImageThatIsNotOursIsNotTaken(String image) throws Exception {
        Path file = target().resolve("quick/fairlead.aot");
        byte[] whole = Files.readAllBytes(file);
        try {
            switch (image) {
                case "of another JDK" -> Files.write(file, ofAnotherJdk(whole));
                case "cut off" -> Files.write(file, Arrays.copyOf(whole, whole.length / 2));
                case "empty" -> Files.write(file, new byte[0]);
                case "of another kind" ->
                    Files.write(file, "something else\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII));
                default -> Files.delete(file);
            }

            assertStartsWithoutAWord("");
            assertThat(isQuick()).isFalse();
        } finally {
            Files.write(file, whole);
        }
    }

    @Test
    void itCanBeTurnedOff() {
        assertThat(isQuick("FAIRLEAD_REHEARSAL", "off")).isFalse();
    }

    @Test
    void whoComesWhileAnotherRehearsesGoesWithout() throws Exception {
        Path making = Files.createDirectory(target().resolve("quick.new"));
        try {
            LauncherRun ran = run(directory, "", "rehearse");

            assertThat(ran.code()).isEqualTo(BUSY);
            assertThat(ran.err()).contains("another rehearsal is under way, or", "cannot be written");
            assertThat(isQuick()).isTrue();
        } finally {
            Files.delete(making);
        }
    }

    @Test
    void aRehearsalThatFailedIsSaidAndLeavesNoHalfOfItself() throws Exception {
        Path other = Files.createDirectories(directory.resolve("gateway/target"));
        Files.copy(home.resolve("fairlead"), directory.resolve("fairlead"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(other.resolve("fairlead.jar"), "not a jar");
        Path killed = Files.createDirectory(other.resolve("quick.new"));
        Files.setLastModifiedTime(killed, FileTime.from(Instant.now().minus(Duration.ofMinutes(10))));

        LauncherRun ran = run(directory, directory, "", "rehearse");

        assertThat(ran.code()).isEqualTo(FAILED);
        assertThat(ran.err()).contains("jar");
        assertThat(other.resolve("quick.new")).doesNotExist();
        assertThat(other.resolve("quick/fairlead.aot")).doesNotExist();
    }

    @Test
    void aCheckoutRehearsesBeforeItServesAndNotAgainWhenThatFailed() throws Exception {
        Path other = Files.createDirectories(directory.resolve("gateway/target"));
        Files.copy(home.resolve("fairlead"), directory.resolve("fairlead"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String sources : List.of("gateway/src/main", "fakenode/src/main")) {
            Files.createDirectories(directory.resolve(sources));
        }
        for (String file : List.of("pom.xml", "gateway/pom.xml", "fakenode/pom.xml", "gateway/target/fairlead.jar")) {
            Files.writeString(directory.resolve(file), "not a jar");
        }
        Files.createFile(other.resolve("built"));

        assertThat(run(directory, directory, "", "serve").err()).contains("rehearsing", "jar");
        assertThat(run(directory, directory, "", "serve").err()).contains("jar").doesNotContain("rehearsing");
    }

    private void assertStartsWithoutAWord(String flag) {
        LauncherRun ran = run(directory, flag, "version");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).startsWith("Fairlead ").hasLineCount(1);
        assertThat(ran.code()).isZero();

        LauncherRun server = run(directory, flag, "serve", "--help");
        assertThat(server.err()).isEmpty();
        assertThat(server.out()).startsWith("Usage: fairlead serve");
        assertThat(server.code()).isZero();
    }

    private boolean isQuick(String... environment) {
        Path log = directory.resolve("classes.log");
        run(home, directory, "-Xlog:class+load:file=" + log, List.of(environment), "version");
        try {
            String main = Files.readAllLines(log).stream()
                    .filter(line -> line.contains(" dev.fairlead.Main "))
                    .findFirst()
                    .orElseThrow();
            return main.contains("shared objects file");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The JVM writes its name into the first kilobytes of the image.
    private static byte[] ofAnotherJdk(byte[] image) {
        byte[] other = image.clone();
        String start = new String(image, 0, 4096, StandardCharsets.ISO_8859_1);
        int name = start.indexOf("OpenJDK");
        assertThat(name).as("the JVM's name in the image").isPositive();
        other[name] = 'A';
        return other;
    }

    private static Path target() {
        return home.resolve("gateway/target");
    }

    private static LauncherRun run(Path scratch, String flags, String... words) {
        return run(home, scratch, flags, words);
    }

    private static LauncherRun run(Path home, Path scratch, String flags, String... words) {
        return run(home, scratch, flags, List.of(), words);
    }

    private static LauncherRun run(Path home, Path scratch, String flags, List<String> environment, String... words) {
        try {
            Path out = Files.createTempFile(scratch, "out", ".txt");
            Path err = Files.createTempFile(scratch, "err", ".txt");
            var command = Stream.concat(Stream.of(home.resolve("fairlead").toString()), Stream.of(words));
            var builder = new ProcessBuilder(command.toList())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("FAIRLEAD_JAVA_OPTS", flags);
            for (int i = 0; i < environment.size(); i += 2) {
                builder.environment().put(environment.get(i), environment.get(i + 1));
            }
            Process process = builder.start();
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
            return new LauncherRun(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /// The classes that are being tested as a jar; the JVM makes no image of classes in directories.
    private static void pack(Path jar, String comment) throws IOException {
        var paths = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> !path.endsWith("test-classes"))
                .toList();
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Name.MAIN_CLASS, "dev.fairlead.Main");
        manifest.getMainAttributes()
                .put(
                        Name.CLASS_PATH,
                        paths.stream()
                                .filter(Files::isRegularFile)
                                .map(path -> path.toUri().toString())
                                .collect(Collectors.joining(" ")));
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.setComment(comment);
            var packed = new HashSet<>(Set.of("/", "META-INF/MANIFEST.MF"));
            for (Path classes : paths) if (Files.isDirectory(classes)) pack(classes, packed, out);
        }
    }

    /// With an entry for each directory: Flyway finds no scripts without.
    private static void pack(Path classes, Set<String> packed, JarOutputStream jar) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.toList()) {
                String name = classes.relativize(file) + (Files.isDirectory(file) ? "/" : "");
                if (!packed.add(name)) continue;
                jar.putNextEntry(new JarEntry(name));
                if (Files.isRegularFile(file)) Files.copy(file, jar);
                jar.closeEntry();
            }
        }
    }
}
