package dev.atelier.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.atelier.engine.generation.Flux2Pipeline;
import dev.atelier.engine.generation.ModelOutline;
import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.text.ChatTurn;
import dev.atelier.engine.text.LanguageModel;
import dev.atelier.engine.text.TokenSampling;
import dev.atelier.engine.text.TooLongException;
import dev.atelier.engine.text.Writing;
import dev.atelier.engine.text.Written;
import dev.atelier.engine.text.grammar.GrammarState;
import dev.atelier.engine.text.grammar.JsonGrammar;
import dev.atelier.engine.weights.WeightConversion;
import java.util.Set;

/**
 * The engine's door. A module descriptor would hold it only on the module path, where none of ours runs; docs/map.md says more. Only the
 * trainer goes further in.
 */
@AnalyzeClasses(packages = "dev.atelier", importOptions = DoNotIncludeTests.class)
class EngineDoorTest {
    private static final Set<String> DOOR_CLASSES = Set.of(
            Flux2Pipeline.class.getName(),
            ModelOutline.class.getName(),
            Device.class.getName(),
            EngineException.class.getName(),
            Precision.class.getName(),
            LanguageModel.class.getName(),
            TokenSampling.class.getName(),
            ChatTurn.class.getName(),
            Writing.class.getName(),
            Written.class.getName(),
            TooLongException.class.getName(),
            GrammarState.class.getName(),
            JsonGrammar.class.getName(),
            WeightConversion.class.getName());

    private static final DescribedPredicate<JavaClass> DOOR = describe(
            "the engine's door",
            type -> DOOR_CLASSES.contains(outermost(type))
                    || resideInAnyPackage("dev.atelier.engine.pipeline", "dev.atelier.engine.image..")
                            .test(type));

    private static final DescribedPredicate<JavaClass> INSIDE =
            resideInAPackage("dev.atelier.engine..").and(not(DOOR)).as("inside the engine");

    @ArchTest
    static final ArchRule THE_SERVICE_AND_ITS_ROOMS_USE_THE_DOOR = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.atelier.server..",
                    "dev.atelier.studio..",
                    "dev.atelier.prompt..",
                    "dev.atelier.world..",
                    "dev.atelier.api..")
            .should()
            .dependOnClassesThat(INSIDE);

    @ArchTest
    static final ArchRule COMMANDS_USE_THE_DOOR_AND_THE_BENCH = noClasses()
            .that()
            .resideInAPackage("dev.atelier.cli..")
            .should()
            .dependOnClassesThat(INSIDE.and(not(resideInAPackage("dev.atelier.engine.bench"))));

    @ArchTest
    static final ArchRule THE_TRAINER_MEASURES_NOTHING_BY_THE_STAGES = noClasses()
            .that()
            .resideInAPackage("dev.atelier.training..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.atelier.engine.bench");

    private static String outermost(JavaClass type) {
        return type.getName().replaceFirst("[$\\[].*", "");
    }
}
