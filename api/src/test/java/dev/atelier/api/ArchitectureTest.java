package dev.atelier.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The wire is known to everyone and knows nobody: neither a room of ours nor a framework. */
@AnalyzeClasses(packages = "dev.atelier.api", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule NOTHING_BUT_ANNOTATIONS_IS_USED = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.atelier.api..", "com.fasterxml.jackson.annotation..", "java..");
}
