package dev.atelier.models;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may use whom: the embedded models need the JDK and nothing else. */
@AnalyzeClasses(packages = "dev.atelier.models", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ONLY_THE_JDK_IS_USED =
            classes().should().onlyDependOnClassesThat().resideInAnyPackage("java..", "dev.atelier.models..");
}
