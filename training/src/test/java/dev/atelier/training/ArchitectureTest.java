package dev.atelier.training;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may use whom: the trainer knows the engine and prompt engineering, and no outer room. */
@AnalyzeClasses(packages = "dev.atelier.training", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ONLY_INNER_ROOMS_ARE_USED = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.atelier.models..",
                    "dev.atelier.server..",
                    "dev.atelier.client..",
                    "dev.atelier.cli..",
                    "org.springframework..");
}
