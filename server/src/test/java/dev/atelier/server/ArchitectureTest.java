package dev.atelier.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.RestController;

/**
 * Who may use whom: the service leaves tensors to the engine and knows neither the trainer nor the commands, and its packages use each
 * other as {@code docs/map.md} draws them.
 */
@AnalyzeClasses(packages = "dev.atelier.server", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.atelier.server";
    private static final Path MAP = Path.of("../docs/map.md");
    private static final Pattern NAME = Pattern.compile("`([a-z.]+)`");

    @ArchTest
    static final ArchRule ONLY_INNER_ROOMS_ARE_USED = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bytedeco..", "dev.atelier.training..", "dev.atelier.cli..");

    @ArchTest
    static final ArchRule CONTROLLERS_ARE_IN_ONE_PLACE = classes()
            .that()
            .areAnnotatedWith(RestController.class)
            .should()
            .resideInAPackage("dev.atelier.server.api..");

    @ArchTest
    static void packagesUseOnlyWhatTheMapSays(JavaClasses classes) throws IOException {
        mayUse().forEach((name, used) -> classes()
                .that(resideIn(Set.of(name)))
                .should()
                .onlyDependOnClassesThat(
                        resideOutsideOfTheServer().or(resideIn(used)).or(resideIn(Set.of(name))))
                .because("docs/map.md says what " + name + " may use")
                .check(classes));
    }

    /** So there is no circle. */
    @ArchTest
    static void theMapGoesFromTheBottomUp(JavaClasses classes) throws IOException {
        Set<String> above = new LinkedHashSet<>();
        for (Map.Entry<String, Set<String>> row : mayUse().entrySet()) {
            assertThat(above).as("rows above " + row.getKey()).containsAll(row.getValue());
            above.add(row.getKey());
        }
    }

    @ArchTest
    static void everyPackageHasItsRow(JavaClasses classes) throws IOException {
        assertThat(mayUse().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        classes.stream().map(one -> name(one.getPackageName())).collect(Collectors.toSet()));
    }

    /** The table of the server's packages: each with those that it may use, in the map's order. */
    private static Map<String, Set<String>> mayUse() throws IOException {
        List<String> lines = Files.readAllLines(MAP);
        Map<String, Set<String>> table = new LinkedHashMap<>();
        for (String line : lines.subList(lines.indexOf("### Inside `server`") + 1, lines.size())) {
            if (line.startsWith("#")) {
                break;
            }
            String[] cells = line.split("(?<!\\\\)\\|", -1);
            if (cells.length == 5 && cells[1].contains("`")) {
                names(cells[1]).forEach(name -> table.put(name, names(cells[3])));
            }
        }
        return table;
    }

    private static Set<String> names(String cell) {
        return NAME.matcher(cell)
                .results()
                .map((MatchResult r) -> r.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String name(String packageName) {
        return packageName.equals(ROOT) ? "server" : packageName.substring(ROOT.length() + 1);
    }

    private static DescribedPredicate<JavaClass> resideIn(Set<String> names) {
        return DescribedPredicate.describe(
                "reside in " + names, one -> isOfTheServer(one) && names.contains(name(one.getPackageName())));
    }

    private static DescribedPredicate<JavaClass> resideOutsideOfTheServer() {
        return DescribedPredicate.describe("reside outside of the server", one -> !isOfTheServer(one));
    }

    private static boolean isOfTheServer(JavaClass one) {
        return one.getPackageName().equals(ROOT) || one.getPackageName().startsWith(ROOT + ".");
    }
}
