package dev.atelier.training.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.generation.Flux2Pipeline;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.pipeline.TinyModels;
import dev.atelier.engine.weights.SafetensorsFile;
import dev.atelier.training.dataset.PictureDataset;
import dev.atelier.training.dataset.PictureFiles;
import dev.atelier.training.dataset.SkipLog;
import dev.atelier.training.dataset.SkipReason;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoraTrainerTest {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Path seedling;

    @BeforeAll
    static void aModel() {
        seedling = TinySeedling.train(shared);
    }

    /** Notes every loss. */
    private static class Losses implements LoraListener {
        final List<Double> smoothed = new ArrayList<>();
        SkipLog skipped;
        int examples;
        long firstStep;

        @Override
        public void onStart(int examples, SkipLog skipped, int layers, long firstStep) {
            this.examples = examples;
            this.skipped = skipped;
            this.firstStep = firstStep;
        }

        @Override
        public void onStep(Progress progress) {
            smoothed.add(progress.loss());
        }
    }

    @Test
    void aKilledAndResumedRunEndsWithTheBytesOfAnUnbrokenOne() throws IOException {
        Path model = TinyModels.base(folder.resolve("model"));
        PictureDataset data = colours();
        Path whole = train(job(model, data, "whole", false), settings(10, 1e-3), LoraListener.NONE);
        LoraListener killer = new LoraListener() {
            @Override
            public void onStep(Progress progress) {
                if (progress.step() == 7) {
                    throw new IllegalStateException("killed");
                }
            }
        };
        assertThatThrownBy(() -> train(job(model, data, "broken", false), settings(10, 1e-3), killer))
                .hasMessage("killed");

        Losses resumed = new Losses();
        Path again = train(job(model, data, "broken", true), settings(10, 1e-3), resumed);

        assertThat(resumed.firstStep).isEqualTo(6);
        assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(whole));
    }

    @Test
    void aRunGoesOnWithWhatItWasBegunWithOnly() throws IOException {
        Path model = TinyModels.distilled(folder.resolve("model"));
        PictureDataset data = colours();
        train(job(model, data, "run", false), settings(3, 1e-3), LoraListener.NONE);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> train(job(model, data, "run", true), settings(3, 2e-3), LoraListener.NONE))
                .withMessageContaining("learning-rate: 0.002, but the run in")
                .withMessageContaining("begun with 0.001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> train(job(model, data, "run", false), settings(3, 1e-3), LoraListener.NONE))
                .withMessageContaining("holds a checkpoint");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> train(job(model, data, "other", true), settings(3, 1e-3), LoraListener.NONE))
                .withMessageContaining("resume: there is no checkpoint");
        PictureFiles.captioned(folder.resolve("data"), "new", Color.PINK, "another one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> train(job(model, colours(), "run", true), settings(3, 1e-3), LoraListener.NONE))
                .withMessageStartingWith("data: ");
    }

    @Test
    void theFileIsWhatTheModelLearntAndTheEngineLoads() throws IOException {
        Path model = TinyModels.distilled(folder.resolve("model"));
        LoraJob job = new LoraJob(
                model,
                EngineOptions.defaults(),
                colours(),
                folder.resolve("out/colours.safetensors"),
                folder.resolve("run"),
                false,
                new LoraJob.Watch(100, 20, List.of("a red square")));
        Path[] written = new Path[2];
        Path lora = train(job, settings(20, 5e-3), new LoraListener() {
            @Override
            public void onSamples(long step, Path sheet, Path lora) {
                written[0] = sheet;
                written[1] = lora;
            }
        });

        Picture plain = draw(model, List.of());
        Picture adapted = draw(model, List.of(new EngineOptions.Lora(lora, 1)));
        assertThat(difference(plain, adapted)).isGreaterThan(2);
        assertThat(difference(plain, draw(model, List.of(new EngineOptions.Lora(lora, 0)))))
                .isZero();
        assertThat(Files.readAllBytes(written[1])).isEqualTo(Files.readAllBytes(lora));
        BufferedImage sheet = ImageIO.read(written[0].toFile());
        assertThat(difference(cell(sheet, 0), plain)).isZero();
        assertThat(difference(cell(sheet, 1), adapted)).isLessThan(1);
        try (SafetensorsFile file = SafetensorsFile.open(lora)) {
            assertThat(file.metadata())
                    .containsEntry("atelier.rank", "4")
                    .containsEntry("atelier.alpha", "8.0")
                    .containsEntry("atelier.step", "20")
                    .containsEntry("atelier.seed", "5")
                    .containsEntry("atelier.trigger", "zorp")
                    .containsKey("atelier.base");
            assertThat(file.names())
                    .contains("transformer.single_transformer_blocks.0.attn.to_out.lora_A.weight")
                    .allMatch(name -> name.matches("transformer\\..+\\.lora_[AB]\\.weight"));
        }
    }

    @Test
    void onPicturesOfOneColourTheLossFallsAndPicturesTakeThatColour() throws IOException {
        for (int i = 0; i < 4; i++) {
            PictureFiles.captioned(folder.resolve("red"), "p" + i, new Color(220, 30, 40 + i), "a red square");
        }
        Losses losses = new Losses();
        LoraSettings settings = new LoraSettings(
                new LoraSettings.Adapter(8, 8, LoraTargets.ALL),
                new LoraSettings.Optimization(2e-2, 5, 0, 1, 4, 1),
                new LoraSettings.Data(64, 1, 0.1, ""),
                80,
                5);
        Path lora =
                train(job(seedling, PictureDataset.open(folder.resolve("red"), ""), "run", false), settings, losses);

        assertThat(losses.smoothed).hasSize(80).allMatch(Double::isFinite);
        assertThat(losses.smoothed.getLast()).isLessThan(0.5 * losses.smoothed.getFirst());
        Picture wanted = PictureFiles.plain(new Color(220, 30, 41), 64, 64);
        double before = difference(draw(seedling, List.of()), wanted);
        double after = difference(draw(seedling, List.of(new EngineOptions.Lora(lora, 1))), wanted);
        assertThat(after).isLessThan(0.6 * before);
    }

    @Test
    void editsAreTrainedWithTheirReferencesCachedOrFreeAsTheFolderHasIt() throws IOException {
        Path data = folder.resolve("edits");
        PictureFiles.captioned(data, "before", Color.GREEN, "");
        PictureFiles.captioned(data, "after", Color.RED, "");
        Files.write(data.resolve("wide.png"), PictureFiles.png(Color.BLUE, 128, 64));
        Files.writeString(data.resolve("edits.jsonl"), """
            {"image": "after.png", "caption": "make it red", "references": ["before.png"]}
            {"image": "after.png", "caption": "make it red", "references": ["before.png", "wide.png"]}
            {"image": "wide.png", "caption": "a blue picture"}
            """);
        for (Path model : List.of(seedling, TinyModels.base(folder.resolve("base")))) {
            Losses losses = new Losses();
            train(
                    job(model, PictureDataset.open(data, ""), "run-" + model.getFileName(), false),
                    settings(6, 1e-3),
                    losses);
            assertThat(losses.examples).isEqualTo(3 * 2);
            assertThat(losses.smoothed).hasSize(6).allMatch(loss -> Double.isFinite(loss) && loss > 0);
        }
    }

    @Test
    void whatCannotBeDecodedIsLeftOutAndCounted() throws IOException {
        Path model = TinyModels.distilled(folder.resolve("model"));
        Path data = folder.resolve("data");
        PictureFiles.captioned(data, "good", Color.RED, "red");
        PictureFiles.captioned(data, "damaged", Color.RED, "red");
        byte[] png = Files.readAllBytes(data.resolve("damaged.png"));
        Files.write(data.resolve("damaged.png"), Arrays.copyOf(png, png.length - 30));
        PictureFiles.captioned(data, "small", Color.RED, "red");
        Files.write(data.resolve("small.png"), PictureFiles.png(Color.RED, 16, 16));

        Losses losses = new Losses();
        train(job(model, PictureDataset.open(data, ""), "run", false), settings(1, 1e-3), losses);

        assertThat(losses.examples).isEqualTo(2);
        assertThat(losses.skipped.count(SkipReason.BROKEN)).isEqualTo(1);
        assertThat(losses.skipped.count(SkipReason.TOO_SMALL)).isEqualTo(1);

        Files.delete(data.resolve("good.png"));
        Files.delete(data.resolve("good.txt"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> train(
                        job(model, PictureDataset.open(data, ""), "none", false), settings(1, 1e-3), LoraListener.NONE))
                .withMessageStartingWith("data: no picture can be used; left out: 1 damaged: damaged.png");
    }

    @Test
    void aCancelledRunLeavesACheckpointAndNoNativeMemory() throws IOException {
        Path model = TinyModels.distilled(folder.resolve("model"));
        PictureDataset data = colours();
        cancelAfter(job(model, data, "warm", false), 1);
        long before = Pointer.totalCount();

        cancelAfter(job(model, data, "run", false), 4);

        assertThat(Pointer.totalCount()).isEqualTo(before);
        Losses rest = new Losses();
        train(job(model, data, "run", true), settings(6, 1e-3), rest);
        assertThat(rest.firstStep).isEqualTo(4);
        assertThat(rest.smoothed).hasSize(2);
    }

    @Test
    void aRunCanBeStoppedWhilePicturesAreEncodedAndFindsThemAgain() throws IOException {
        Path model = TinyModels.distilled(folder.resolve("model"));
        PictureDataset data = colours();
        Cancellation cancellation = Cancellation.none();
        List<Integer> encoded = new ArrayList<>();
        LoraListener canceller = new LoraListener() {
            @Override
            public void onEncoded(int done, int all) {
                encoded.add(done);
                if (done == 2) {
                    cancellation.cancel();
                }
            }
        };

        assertThatThrownBy(() -> new LoraTrainer(job(model, data, "run", false), settings(1, 1e-3), canceller)
                        .train(cancellation))
                .isInstanceOf(CancellationException.class);

        assertThat(encoded).containsExactly(1, 2);
        try (var kept = Files.list(folder.resolve("run/encoded"))) {
            assertThat(kept.filter(file -> file.getFileName().toString().startsWith("latents")))
                    .hasSize(2 * 2);
        }
        Losses rest = new Losses();
        train(job(model, data, "run", false), settings(1, 1e-3), rest);
        assertThat(rest.examples).isEqualTo(5 * 2);
    }

    private void cancelAfter(LoraJob job, int steps) {
        Cancellation cancellation = Cancellation.none();
        LoraListener canceller = new LoraListener() {
            @Override
            public void onStep(Progress progress) {
                if (progress.step() == steps) {
                    cancellation.cancel();
                }
            }
        };
        assertThatThrownBy(() -> new LoraTrainer(job, settings(6, 1e-3), canceller).train(cancellation))
                .isInstanceOf(CancellationException.class);
    }

    private static Path train(LoraJob job, LoraSettings settings, LoraListener listener) {
        return new LoraTrainer(job, settings, listener).train(Cancellation.none());
    }

    private static LoraSettings settings(int steps, double rate) {
        return new LoraSettings(
                new LoraSettings.Adapter(4, 8, LoraTargets.BLOCKS),
                new LoraSettings.Optimization(rate, 2, 0.01, 1, 2, 2),
                new LoraSettings.Data(64, 2, 0.2, "zorp"),
                steps,
                5);
    }

    private LoraJob job(Path model, PictureDataset data, String run, boolean resume) {
        return new LoraJob(
                model,
                EngineOptions.defaults(),
                data,
                folder.resolve(run + ".safetensors"),
                folder.resolve(run),
                resume,
                new LoraJob.Watch(3, 0, List.of()));
    }

    /** Five pictures of two shapes. */
    private PictureDataset colours() throws IOException {
        Path data = folder.resolve("data");
        PictureFiles.captioned(data, "a", Color.RED, "a red square");
        PictureFiles.captioned(data, "b", Color.BLUE, "a blue square");
        PictureFiles.captioned(data, "c", Color.GREEN, "a zorp of green");
        PictureFiles.captioned(data, "d", Color.WHITE, "a white square");
        PictureFiles.captioned(data, "e", Color.GRAY, "a grey square");
        Files.write(data.resolve("e.png"), PictureFiles.png(Color.GRAY, 120, 60));
        return PictureDataset.open(data, "");
    }

    private static Picture draw(Path model, List<EngineOptions.Lora> loras) {
        try (Flux2Pipeline pipeline =
                Flux2Pipeline.open(model, EngineOptions.defaults().withLoras(loras))) {
            return pipeline.generate(
                            ImageRequest.of("a red square", 5).toBuilder()
                                    .size(64, 64)
                                    .build(),
                            GenerationListener.NONE,
                            Cancellation.none())
                    .getFirst()
                    .picture();
        }
    }

    /** The 64x64 picture in the middle of a cell of the first row. */
    private static Picture cell(BufferedImage sheet, int column) {
        return Picture.of(sheet.getSubimage(12 + column * (256 + 12) + 96, 12 + 96, 64, 64));
    }

    /** Mean absolute difference of channels, 0 to 255. */
    private static double difference(Picture a, Picture b) {
        byte[] left = a.toBytes();
        byte[] right = b.toBytes();
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += Math.abs((left[i] & 0xff) - (right[i] & 0xff));
        }
        return sum / left.length;
    }
}
