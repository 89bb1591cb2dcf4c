package dev.atelier.junit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Tests that compare pictures need JUnit, the client and the JDK, and no engine. */
@AnalyzeClasses(packages = "dev.atelier.junit", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ONLY_THE_CLIENT_AND_JUNIT_ARE_USED = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.atelier.junit..",
                    "dev.atelier.client..",
                    "dev.atelier.api..",
                    "org.junit..",
                    "org.opentest4j..",
                    "java..",
                    "javax.imageio..");
}
