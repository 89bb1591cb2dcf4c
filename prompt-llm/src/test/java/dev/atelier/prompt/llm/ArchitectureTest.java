package dev.atelier.prompt.llm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may use whom: engineers with a language model know requests and plans and the engine's text, and no outer room. */
@AnalyzeClasses(packages = "dev.atelier.prompt.llm", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ONLY_INNER_ROOMS_ARE_USED = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.bytedeco..",
                    "dev.atelier.engine.pipeline..",
                    "dev.atelier.engine.nn..",
                    "dev.atelier.engine.weights..",
                    "dev.atelier.world..",
                    "dev.atelier.training..",
                    "dev.atelier.models..",
                    "dev.atelier.studio..",
                    "dev.atelier.server..",
                    "dev.atelier.client..",
                    "dev.atelier.cli..");
}
