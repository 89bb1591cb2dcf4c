package dev.atelier.training.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.engine.generation.Flux2Pipeline;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.pipeline.TinyModels;
import dev.atelier.engine.weights.SafetensorsFile;
import dev.atelier.training.dataset.Feedback;
import dev.atelier.training.dataset.PictureFiles;
import dev.atelier.training.dataset.PreferencePairs;
import dev.atelier.training.dataset.RatedPictures;
import dev.atelier.training.dataset.SkipLog;
import dev.atelier.training.lora.LoraSettings;
import dev.atelier.training.lora.LoraTargets;
import dev.atelier.training.lora.TinySeedling;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreferenceTrainerTest {
    private static final double NEVER = 1e6;

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Path seedling;

    @BeforeAll
    static void aModel() {
        seedling = TinySeedling.train(shared);
    }

    /** Notes where a run was stopped. */
    private static final class Notes implements PreferenceListener {
        final List<Double> losses = new ArrayList<>();
        long stopped = -1;
        long kept = -1;
        String fault = "";
        long firstStep = -1;

        @Override
        public void onStart(int pairs, SkipLog skipped, int layers, long firstStep) {
            this.firstStep = firstStep;
        }

        @Override
        public void onStep(Progress progress) {
            losses.add(progress.loss());
        }

        @Override
        public void onStopped(long step, long kept, String fault) {
            stopped = step;
            this.kept = kept;
            this.fault = fault;
        }
    }

    @Test
    void aKilledRunThatGoesOnEndsWithTheBytesOfAnUnbrokenOne() throws IOException {
        Path model = TinyModels.base(folder.resolve("base"));
        Path whole = train(model, "whole", 10, NEVER, PreferenceListener.NONE);
        PreferenceListener killer = new PreferenceListener() {
            @Override
            public void onStep(Progress progress) {
                if (progress.step() == 8) {
                    throw new IllegalStateException("killed");
                }
            }
        };
        assertThatThrownBy(() -> train(model, "broken", 10, NEVER, killer)).hasMessage("killed");

        Notes resumed = new Notes();
        Path again = train(model, "broken", 10, NEVER, resumed);

        assertThat(resumed.firstStep).isEqualTo(6);
        try (Stream<Path> files = Files.list(whole.resolve("transformer"))) {
            List<Path> names = files.map(Path::getFileName).toList();
            assertThat(names).hasSizeGreaterThan(1);
            for (Path name : names) {
                assertThat(again.resolve("transformer").resolve(name))
                        .hasSameBinaryContentAs(whole.resolve("transformer").resolve(name));
            }
        }
        assertThat(Files.readAllBytes(folder.resolve("broken/preference.safetensors")))
                .isEqualTo(Files.readAllBytes(folder.resolve("whole/preference.safetensors")));
    }

    @Test
    void votesForLightPicturesMakeThemLighterAndTheFolderDrawsAsTheAdapterDoes() throws IOException {
        Notes notes = new Notes();

        Path tuned = train(seedling, "run", 60, NEVER, notes);

        assertThat(notes.losses.getFirst()).isEqualTo(Math.log(2), within(1e-3));
        assertThat(notes.losses.getLast()).isLessThan(0.65);
        assertThat(notes.stopped).isEqualTo(-1);
        Path adapter = folder.resolve("run/preference.safetensors");
        double before = brightness(draw(seedling, List.of()));
        double after = brightness(draw(tuned, List.of()));
        assertThat(after).isGreaterThan(before + 5);
        assertThat(brightness(draw(seedling, List.of(new EngineOptions.Lora(adapter, 1)))))
                .isEqualTo(after, within(2.0));
    }

    @Test
    void ratingsForLightPicturesMakeThemLighter() throws IOException {
        Notes notes = new Notes();

        Path tuned = train(seedling, rated(true), "run", 60, NEVER, notes);

        assertThat(notes.stopped).isEqualTo(-1);
        assertThat(brightness(draw(tuned, List.of()))).isGreaterThan(brightness(draw(seedling, List.of())) + 5);
    }

    @Test
    void aRewardThatLovesBlackIsStopped() throws IOException {
        Notes notes = new Notes();

        train(seedling, rated(false), "run", 400, 0.3, notes);

        assertThat(notes.stopped).isPositive().isLessThan(400);
        assertThat(notes.kept).isEqualTo(notes.stopped - 5);
        assertThat(notes.fault).contains("by more than 30 %");
    }

    @Test
    void aRunThatBlanksPicturesIsStoppedAndEndsWithTheLastGoodWeights() throws IOException {
        Notes notes = new Notes();

        train(seedling, "run", 400, 0.3, notes);

        assertThat(notes.stopped).isPositive().isLessThan(400);
        assertThat(notes.kept).isEqualTo(notes.stopped - 5);
        assertThat(notes.fault).contains("by more than 30 %");
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("run/preference.safetensors"))) {
            assertThat(file.metadata()).containsEntry("atelier.kept_step", Long.toString(notes.kept));
        }
    }

    @Test
    void aRunGoesOnWithWhatItWasBegunWithOnly() throws IOException {
        Path model = TinyModels.distilled(folder.resolve("base"));
        train(model, "run", 3, NEVER, PreferenceListener.NONE);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> train(model, "run", 3, 0.5, PreferenceListener.NONE))
                .withMessageContaining("tolerance: 0.5, but the run in")
                .withMessageContaining("begun with 1000000.0");
    }

    private Path train(Path model, String run, int steps, double tolerance, PreferenceListener listener)
            throws IOException {
        return train(model, light(), run, steps, tolerance, listener);
    }

    private Path train(
            Path model, Feedback feedback, String run, int steps, double tolerance, PreferenceListener listener) {
        PreferenceSettings settings = new PreferenceSettings(
                new LoraSettings(
                        new LoraSettings.Adapter(8, 8, LoraTargets.ALL),
                        new LoraSettings.Optimization(7e-3, 2, 0, 1, 2, 1),
                        new LoraSettings.Data(64, 1, 0, ""),
                        steps,
                        5),
                feedback instanceof RatedPictures ? 0.1 : 100,
                1e-3,
                tolerance);
        PreferenceJob job = new PreferenceJob(model, EngineOptions.defaults(), feedback, folder.resolve(run), 3, 5);
        return new PreferenceTrainer(job, settings, listener).train(Cancellation.none());
    }

    /** Four pairs of two shapes, the lighter picture preferred. */
    private PreferencePairs light() throws IOException {
        Path data = folder.resolve("data");
        if (Files.exists(data)) {
            return PreferencePairs.open(data.resolve("votes.jsonl"));
        }
        Files.createDirectories(data);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            int width = i < 3 ? 64 : 120;
            Files.write(data.resolve("light" + i + ".png"), PictureFiles.png(new Color(230, 220, 200 + i), width, 64));
            Files.write(data.resolve("dark" + i + ".png"), PictureFiles.png(new Color(20, 30, 40 + i), width, 64));
            lines.append("{\"prompt\": \"a square " + i + "\", \"winner\": \"light" + i + ".png\", \"loser\": \"dark"
                    + i + ".png\"}\n");
        }
        Files.writeString(data.resolve("votes.jsonl"), lines);
        return PreferencePairs.open(data.resolve("votes.jsonl"));
    }

    /** The pictures of {@link #light}, rated by their lightness or against it. */
    private RatedPictures rated(boolean light) throws IOException {
        light();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            for (boolean shown : new boolean[] {true, false}) {
                lines.append("{\"prompt\": \"a square " + i + "\", \"image\": \"" + (shown ? "light" : "dark") + i
                        + ".png\", \"rating\": " + (shown == light ? 1 : -1) + "}\n");
            }
        }
        Path file = folder.resolve("data/ratings.jsonl");
        Files.writeString(file, lines);
        return RatedPictures.open(file);
    }

    private static Picture draw(Path model, List<EngineOptions.Lora> loras) {
        try (Flux2Pipeline pipeline =
                Flux2Pipeline.open(model, EngineOptions.defaults().withLoras(loras))) {
            return pipeline.generate(
                            ImageRequest.of("a square 1", 3).toBuilder()
                                    .size(64, 64)
                                    .build(),
                            GenerationListener.NONE,
                            Cancellation.none())
                    .getFirst()
                    .picture();
        }
    }

    private static double brightness(Picture picture) {
        double sum = 0;
        for (byte value : picture.toBytes()) {
            sum += value & 0xff;
        }
        return sum / picture.toBytes().length;
    }
}
