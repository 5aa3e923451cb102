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
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Who may use whom. The same list stands in docs/architecture.md; change both or neither.
class PackageLawTest {
    /// Within a band a package may use those before it, and no others.
    private static final List<String> CORE = List.of(
            "core.fault", "core.memory", "core.jsonrpc", "core.eth", "core.fleet", "core.upstream", "core.telemetry");

    private static final List<String> DATA = List.of("data.call", "data.dispatch", "data.server");
    private static final List<String> CONTROL =
            List.of("control.store", "control.health", "control.operate", "control.admin");

    /// Above the bands: may use everything before them in the list.
    private static final List<String> TOP = List.of("config", "cli");

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
                        .map(PackageLawTest::subtree)
                        .toArray(String[]::new);
                if (later.length == 0) continue;
                noClasses()
                        .that()
                        .resideInAPackage(subtree(order.get(i)))
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

    private static String subtree(String name) {
        return "dev.fairlead." + name + "..";
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return new ArrayList<>(Stream.concat(first.stream(), second.stream()).toList());
    }
}
