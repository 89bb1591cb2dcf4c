package dev.atelier.prompt;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may use whom: what is asked for is read without weights, without a language model and without Spring. */
@AnalyzeClasses(packages = "dev.atelier.prompt", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ONLY_INNER_ROOMS_ARE_USED = noClasses()
            .that()
            .resideOutsideOfPackage("dev.atelier.prompt.llm..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.bytedeco..",
                    "org.springframework..",
                    "com.networknt..",
                    "dev.atelier.prompt.llm..",
                    "dev.atelier.world..",
                    "dev.atelier.training..",
                    "dev.atelier.models..",
                    "dev.atelier.studio..",
                    "dev.atelier.server..",
                    "dev.atelier.cli..");
}
