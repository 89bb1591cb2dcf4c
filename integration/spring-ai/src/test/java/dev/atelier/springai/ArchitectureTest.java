package dev.atelier.springai;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Spring AI meets the client here, and nothing else of ours. */
@AnalyzeClasses(packages = "dev.atelier.springai", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ONLY_THE_CLIENT_AND_SPRING_ARE_USED = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.atelier.springai..",
                    "dev.atelier.client..",
                    "dev.atelier.api..",
                    "org.springframework..",
                    "io.micrometer..",
                    "java..");
}
