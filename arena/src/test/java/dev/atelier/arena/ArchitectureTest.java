package dev.atelier.arena;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may use whom: the arena counts votes and knows nothing of how pictures are made, stored or served. */
@AnalyzeClasses(packages = "dev.atelier.arena", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule NOTHING_ELSE_IS_USED =
            classes().should().onlyDependOnClassesThat().resideInAnyPackage("java..", "dev.atelier.arena..");
}
