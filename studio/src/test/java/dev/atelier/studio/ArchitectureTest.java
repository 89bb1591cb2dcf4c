package dev.atelier.studio;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may use whom: the way from plans to files needs the engine, plans and credentials, and neither a surface nor a framework. */
@AnalyzeClasses(packages = "dev.atelier.studio", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ONLY_INNER_ROOMS_ARE_USED = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.slf4j..",
                    "dev.atelier.studio..",
                    "dev.atelier.engine..",
                    "dev.atelier.prompt..",
                    "dev.atelier.provenance..");
}
