package dev.atelier.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Orders meet the engine here: no service, no framework. */
@AnalyzeClasses(packages = "dev.atelier.local", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ORDERS_AND_THE_ENGINE_ARE_USED = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.atelier.local..",
                    "dev.atelier.client..",
                    "dev.atelier.api..",
                    "dev.atelier.studio..",
                    "dev.atelier.prompt..",
                    "dev.atelier.models..",
                    "dev.atelier.engine..",
                    "java..");
}
