package dev.atelier.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may use whom: commands know every room, but leave tensors to the engine. */
@AnalyzeClasses(packages = "dev.atelier.cli", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ONLY_INNER_ROOMS_ARE_USED =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.bytedeco..");
}
