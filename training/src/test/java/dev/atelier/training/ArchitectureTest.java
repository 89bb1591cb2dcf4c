package dev.atelier.training;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.atelier.training.dataset.WorldSource;
import dev.atelier.training.recipe.WorldRecipe;

/** Who may use whom: the trainer knows the engine, the world at two doors, and no outer room. */
@AnalyzeClasses(packages = "dev.atelier.training", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ONLY_INNER_ROOMS_ARE_USED = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.atelier.prompt..",
                    "dev.atelier.models..",
                    "dev.atelier.studio..",
                    "dev.atelier.server..",
                    "dev.atelier.cli..",
                    "org.springframework..");

    /** Whoever trains on own pictures meets no scene: examples come through {@code ExampleSource}. */
    @ArchTest
    static final ArchRule THE_WORLD_COMES_IN_BY_ITS_SOURCE_AND_ITS_RECIPE = noClasses()
            .that()
            .resideOutsideOfPackage("dev.atelier.training.evaluation")
            .and()
            .doNotBelongToAnyOf(WorldSource.class, WorldRecipe.class)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.atelier.world..");

    @ArchTest
    static final ArchRule THE_LOOP_KNOWS_NO_OBJECTIVE = noClasses()
            .that()
            .resideInAnyPackage("dev.atelier.training.loop", "dev.atelier.training.optim")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.atelier.training.pretraining..",
                    "dev.atelier.training.lora..",
                    "dev.atelier.training.autoencoder..",
                    "dev.atelier.training.report..",
                    "dev.atelier.training.evaluation..",
                    "dev.atelier.world..",
                    "dev.atelier.training.dataset..");
}
