package dev.atelier.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Whoever calls the service needs the wire, Jackson and the JDK: no framework, no engine. */
@AnalyzeClasses(packages = "dev.atelier.client", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule NOTHING_BUT_THE_WIRE_AND_JACKSON_IS_USED = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.atelier.client..", "dev.atelier.api..", "tools.jackson..", "java..");
}
