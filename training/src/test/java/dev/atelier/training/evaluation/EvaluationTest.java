package dev.atelier.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.engine.generation.Flux2Pipeline;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.training.dataset.WorldSource;
import dev.atelier.training.loop.Budget;
import dev.atelier.training.loop.TrainingListener;
import dev.atelier.training.pretraining.Trainer;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.world.World;
import dev.atelier.world.WorldConfig;
import dev.atelier.world.scene.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** With a model of a few steps, and with one that knows every answer; the probe is hardly trained, which both share. */
class EvaluationTest {
    private static final WorldConfig WORLD =
            HeldOut.only(WorldConfig.simple(), Set.of(Family.LANDSCAPE, Family.PRODUCT, Family.POSTER));
    private static final ProbeSettings PROBE = new ProbeSettings(WORLD, 24, new Budget(4, 0), 1);

    @TempDir
    private static Path folder;

    private static Path model;

    @BeforeAll
    static void train() {
        Recipe recipe = Recipe.read("src/test/resources/tiny-recipe.yaml");
        model = new Trainer(
                        recipe,
                        new WorldSource(World.of(WorldConfig.simple()), 1),
                        folder.resolve("run"),
                        new TrainingListener() {})
                .train(new Trainer.Options(new Budget(2, 0), 10, 0, 0, 1));
    }

    @Test
    void aModelIsMeasuredInEveryPartAndTheFilesAreWritten() throws IOException {
        List<String> heard = new ArrayList<>();
        EvaluationReport report;
        try (ImagePipeline pipeline = Flux2Pipeline.open(model, EngineOptions.defaults())) {
            report = evaluation(heard).run(pipeline, settings(1, Set.of()), PROBE, Cancellation.none());
        }
        Path output = folder.resolve("report");
        ReportWriter.write(report, output);

        assertThat(report.model()).isEqualTo("tiny");
        assertThat(report.measures()).extracting(Measure::part).contains(Part.values());
        assertThat(report.measures())
                .filteredOn(measure -> measure.unit() == Measure.Unit.AGREEMENT)
                .allSatisfy(measure -> assertThat(measure.value()).isBetween(0.0, 1.0));
        assertThat(figure(report, "PSNR").value()).isBetween(10.0, 40.0);
        assertThat(figure(report, "Fréchet distance to renders").value()).isPositive();
        assertThat(heard).contains("T2I 4 of 4", "EDIT 1 of 1", "SEQUENCE 3 of 3", "WORDS 1 of 1");
        assertThat(output.resolve("evaluation.md"))
                .content()
                .contains(
                        "# Evaluation of tiny", "| text to image | all attributes | ", "## Rows of the contact sheet");
        JsonNode json = JsonMapper.builder().build().readTree(Files.readString(output.resolve("evaluation.json")));
        assertThat(json.get("measures").size()).isEqualTo(report.measures().size());
        assertThat(ImageIO.read(output.resolve("sheet.png").toFile()).getWidth())
                .isGreaterThan(500);
    }

    @Test
    void aModelThatDrawsTheTruthReachesTheCeiling() {
        EvaluationSettings settings = settings(3, Set.of(Part.AUTOENCODER, Part.WORDS));

        EvaluationReport report =
                evaluation(new ArrayList<>()).run(new Oracle(model, settings), settings, PROBE, Cancellation.none());

        Map<String, Measure> measures =
                report.measures().stream().collect(Collectors.toMap(m -> m.part() + " " + m.name(), m -> m));
        assertThat(measures.keySet())
                .contains(
                        "T2I both terms of a combination never trained on",
                        "EDIT change made",
                        "EDIT other attributes kept",
                        "SEQUENCE identity the same as in shot 1");
        // The groups of text to image are held against further renders too, on which the oracle was not asked.
        assertThat(measures.values())
                .filteredOn(m -> m.part() != Part.T2I || m.name().startsWith("all attributes,"))
                .filteredOn(m -> m.unit() == Measure.Unit.AGREEMENT || m.unit() == Measure.Unit.COSINE)
                .hasSizeGreaterThan(6)
                .allSatisfy(m -> assertThat(m.value()).as(m.toString()).isCloseTo(m.reference(), within(1e-9)));
        assertThat(measures.get("T2I Fréchet distance to renders"))
                .satisfies(m -> assertThat(m.value()).isCloseTo(m.reference(), within(1e-9)));
        assertThat(measures.get("EDIT PSNR outside the mask").value()).isEqualTo(PictureDistance.MOST);
        assertThat(measures.get("EDIT PSNR outside the mask").reference()).isBetween(5.0, 50.0);
    }

    @Test
    void theWorldOfAModelIsReadFromTheRecipeInItsFolder() throws IOException {
        WorldConfig recorded = ModelWorld.of(model).orElseThrow().config();

        assertThat(recorded.families()).isEqualTo(Map.of(Family.LANDSCAPE, 3.0, Family.PRODUCT, 1.0));
        assertThat(recorded.maxThings()).isEqualTo(2);
        assertThat(ModelWorld.of(Files.createDirectories(folder.resolve("other"))))
                .isEmpty();
    }

    @Test
    void familiesThatTheProbeCannotReadAreRefused() {
        EvaluationSettings settings = new EvaluationSettings(WORLD, EnumSet.of(Family.ROOM), Set.of(), 1, 1, 0, -1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluation(new ArrayList<>())
                        .run(new Oracle(model, settings(1, Set.of())), settings, PROBE, Cancellation.none()))
                .withMessageContaining("ROOM");
    }

    @Test
    void heldOutSeedsDifferByPurposeIndexAndSeed() {
        assertThat(Set.of(
                        new HeldOut(1).seed("edit", 0),
                        new HeldOut(1).seed("edit", 1),
                        new HeldOut(1).seed("words", 0),
                        new HeldOut(2).seed("edit", 0)))
                .hasSize(4);
        assertThat(new HeldOut(1).seed("edit", 0)).isEqualTo(new HeldOut(1).seed("edit", 0));
    }

    private static Measure figure(EvaluationReport report, String name) {
        return report.measures().stream()
                .filter(measure -> measure.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static EvaluationSettings settings(int count, Set<Part> skipped) {
        return new EvaluationSettings(WORLD, EvaluationSettings.familiesOf(WORLD), skipped, count, 5, 0, -1);
    }

    private static Evaluation evaluation(List<String> heard) {
        return new Evaluation(folder.resolve("probes"), new EvaluationListener() {
            @Override
            public void onPicture(Part part, int done, int total) {
                heard.add(part + " " + done + " of " + total);
            }
        });
    }
}
