package dev.fairlead.law;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Who may use whom. The same list stands in docs/architecture.md; change both or neither.
class PackageLawTest {
    /// Within a band a package may use those before it, and no others.
    private static final List<String> CORE = List.of(
            "core.fault",
            "core.memory",
            "core.jsonrpc",
            "core.eth",
            "core.secret",
            "core.logs",
            "core.style",
            "core.transaction",
            "core.allow",
            "core.jwt",
            "core.policy",
            "core.text",
            "core.fleet",
            "core.url",
            "core.net",
            "core.reply",
            "core.upstream",
            "core.feed",
            "core.telemetry",
            "core.usage");

    private static final List<String> DATA = List.of(
            "data.call",
            "data.access",
            "data.limit",
            "data.limit.shared",
            "data.transaction",
            "data.shown",
            "data.load",
            "data.logs",
            "data.routing",
            "data.attempt",
            "data.guard",
            "data.submission",
            "data.failover",
            "data.cache",
            "data.rpc",
            "data.http",
            "data.connection",
            "data.server");
    private static final List<String> CONTROL = List.of(
            "control.store",
            "control.probe",
            "control.issuer",
            "control.judge",
            "control.watch",
            "control.operate",
            "control.admin.view",
            "control.admin.http",
            "control.admin",
            "control.store.sqlite");

    /// Above the bands: may use everything before them in the list.
    private static final List<String> TOP =
            List.of("config.file", "config", "config.keys", "cli.console", "cli.log", "cli.callers", "cli");

    /// Top-level types of one package.
    private static final int MOST_TYPES = 28;

    private static final JavaClasses MAIN =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.fairlead");
    private static final JavaClasses TESTS =
            new ClassFileImporter().withImportOption(new OnlyIncludeTests()).importPackages("dev.fairlead");

    @Test
    void aPackageUsesOnlyWhatStandsBeforeIt() {
        for (List<String> order :
                List.of(concat(CORE, DATA), concat(CORE, CONTROL), concat(concat(CORE, DATA), concat(CONTROL, TOP)))) {
            for (int i = 0; i < order.size(); i++) {
                String[] later = order.subList(i + 1, order.size()).stream()
                        .map(PackageLawTest::room)
                        .toArray(String[]::new);
                if (later.length == 0) continue;
                noClasses()
                        .that()
                        .resideInAPackage(room(order.get(i)))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(later)
                        .allowEmptyShould(true)
                        .check(MAIN);
            }
        }
    }

    @Test
    void thePlanesNeverImportEachOther() {
        noClasses()
                .that(resideInAPackage("dev.fairlead.data.."))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.fairlead.control.."))
                .check(MAIN);
        noClasses()
                .that(resideInAPackage("dev.fairlead.control.."))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.fairlead.data.."))
                .check(MAIN);
    }

    /// So that a WebSocket's messages can take the same way.
    @Test
    void whatMakesCallsOfMessagesKnowsNoHttp() {
        noClasses()
                .that()
                .resideInAnyPackage(room("data.call"), room("data.rpc"), room("data.failover"), room("data.routing"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty.handler..")
                .check(MAIN);
    }

    @Test
    void nobodyButTheDemoKnowsTheFakeNode() {
        noClasses()
                .that(resideInAPackage("dev.fairlead..")
                        .and(com.tngtech.archunit.base.DescribedPredicate.not(
                                resideInAnyPackage("dev.fairlead.cli..", "dev.fairlead.fakenode.."))))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.fairlead.fakenode.."))
                .check(MAIN);
    }

    @Test
    void noCyclesAmongThePackages() {
        slices().matching("dev.fairlead.(**)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void testsObeyTheWallToo() {
        noClasses()
                .that(resideInAPackage("dev.fairlead.data.."))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.fairlead.control.."))
                .allowEmptyShould(true)
                .check(TESTS);
        noClasses()
                .that(resideInAPackage("dev.fairlead.control.."))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.fairlead.data.."))
                .allowEmptyShould(true)
                .check(TESTS);
    }

    @Test
    void everyPackageIsNamedByTheLawAndNullMarked() {
        List<String> packages = MAIN.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.startsWith("dev.fairlead.fakenode"))
                .distinct()
                .filter(name -> !name.equals("dev.fairlead"))
                .map(name -> name.substring("dev.fairlead.".length()))
                .toList();

        assertThat(packages).isSubsetOf(names());
        assertThat(packages)
                .allMatch(name -> MAIN.getPackage("dev.fairlead." + name).isAnnotatedWith(NullMarked.class));
    }

    @Test
    void aRoomCanBeTakenInAtAGlance() {
        Map<String, Long> sizes = MAIN.stream()
                .filter(type -> !type.getEnclosingClass().isPresent()
                        && !type.getSimpleName().equals("package-info"))
                .filter(type -> !type.getPackageName().startsWith("dev.fairlead.fakenode"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

        assertThat(sizes).allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(MOST_TYPES));
    }

    @Test
    void noNameIsUsedTwice() {
        Map<String, List<String>> named = MAIN.stream()
                .filter(type -> !type.getEnclosingClass().isPresent()
                        && !type.getSimpleName().equals("package-info"))
                .filter(type -> !type.getPackageName().startsWith("dev.fairlead.fakenode"))
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName, Collectors.mapping(JavaClass::getName, Collectors.toList())));

        assertThat(named).allSatisfy((_, types) -> assertThat(types).hasSize(1));
    }

    @Test
    void namesSayWhatThingsDo() {
        classes()
                .that()
                .resideInAPackage("dev.fairlead..")
                .should()
                .haveNameNotMatching(".*(Manager|Helper|Util|Utils|Impl|Info|Processor|Abstract\\w*|Base)")
                .check(MAIN);
    }

    static List<String> names() {
        return concat(concat(CORE, DATA), concat(CONTROL, TOP));
    }

    private static String room(String name) {
        return "dev.fairlead." + name;
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return new ArrayList<>(Stream.concat(first.stream(), second.stream()).toList());
    }
}
