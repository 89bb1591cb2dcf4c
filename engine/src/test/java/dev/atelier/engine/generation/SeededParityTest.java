package dev.atelier.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.dit.Flux2Transformer;
import dev.atelier.engine.dit.Positions;
import dev.atelier.engine.dit.ReferenceCache;
import dev.atelier.engine.dit.TransformerConfig;
import dev.atelier.engine.nn.LinearFactory;
import dev.atelier.engine.nn.LoadedLayers;
import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.nn.WideningBuffer;
import dev.atelier.engine.reference.Fault;
import dev.atelier.engine.reference.Numbers;
import dev.atelier.engine.reference.SeededModel;
import dev.atelier.engine.reference.SeededWeights;
import dev.atelier.engine.reference.SlowAutoencoder;
import dev.atelier.engine.reference.SlowFlux2;
import dev.atelier.engine.reference.SlowFlux2.Kept;
import dev.atelier.engine.reference.SlowFlux2.Placed;
import dev.atelier.engine.reference.SlowQwen3;
import dev.atelier.engine.reference.SlowSchedule;
import dev.atelier.engine.sampling.EulerSolver;
import dev.atelier.engine.sampling.FlowMatchSchedule;
import dev.atelier.engine.sampling.SchedulerConfig;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.text.Qwen3Config;
import dev.atelier.engine.text.Qwen3Model;
import dev.atelier.engine.vae.AutoencoderConfig;
import dev.atelier.engine.vae.AutoencoderKLFlux2;
import dev.atelier.engine.weights.JsonConfig;
import dev.atelier.engine.weights.Weights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every stage of models that nobody tuned for against a slow reference in float64, and proof that each mistake would be noticed. */
class SeededParityTest {
    /** Of a result in float32, whose rounding errors add up to some 1e-6. */
    private static final double BOUND = 2e-5;

    private static final int STEPS = 3;
    private static final int ROWS = 3;
    private static final int COLUMNS = 4;
    private static final double GUIDANCE = 3.5;
    private static final int TEXT = 6;

    @TempDir
    Path folder;

    private final WideningBuffer buffer = new WideningBuffer();

    /** What is compared by itself, so that a failure names its place. */
    enum Stage {
        TEXT,
        VELOCITY,
        INLINE_REFERENCES,
        CACHED_REFERENCES,
        GUIDED_STEPS,
        ENCODE,
        DECODE,
        SCHEDULE
    }

    @BeforeEach
    void withoutGradients() {
        GradMode.set_enabled(false);
    }

    @AfterEach
    void close() {
        buffer.close();
        GradMode.set_enabled(true);
    }

    /** Autoencoder and schedule have one precision. */
    static Stream<Arguments> stages() {
        return SeededModel.all().stream()
                .flatMap(model -> Stream.of(Stage.values())
                        .flatMap(stage -> Stream.of(Precision.STORED, Precision.FP32)
                                .filter(precision -> precision == Precision.STORED
                                        || !List.of(Stage.ENCODE, Stage.DECODE, Stage.SCHEDULE)
                                                .contains(stage))
                                .map(precision -> Arguments.of(model, precision, stage))));
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @MethodSource("stages")
    void equalsTheSlowReference(SeededModel model, Precision precision, Stage stage) {
        assertThat(error(model, precision, stage, Fault.NONE)).isLessThan(BOUND);
    }

    @ParameterizedTest
    @CsvSource({
        "BLOCK_SCALE_FIRST, VELOCITY",
        "BLOCK_SCALE_FIRST, CACHED_REFERENCES",
        "LAST_SHIFT_FIRST, VELOCITY",
        "TRANSFORMER_WITHOUT_ROPE, VELOCITY",
        "TRANSFORMER_WITHOUT_ROPE, CACHED_REFERENCES",
        "TRANSFORMER_ROPE_IN_HALVES, VELOCITY",
        "IMAGE_BEFORE_TEXT, VELOCITY",
        "REFERENCES_AT_ONE_TIME, INLINE_REFERENCES",
        "REFERENCES_AT_ONE_TIME, CACHED_REFERENCES",
        "CACHE_AT_IMAGE_TIME, CACHED_REFERENCES",
        "TEXT_WITHOUT_ROPE, TEXT",
        "TEXT_PADDING_SEEN, TEXT",
        "TEXT_TAP_MOVED, TEXT",
        "PATCH_ORDER, ENCODE",
        "PATCH_ORDER, DECODE",
        "DOWNSAMPLING_PADDED_EVENLY, ENCODE",
        "LATENTS_WITHOUT_EPS, ENCODE",
        "LATENTS_WITHOUT_EPS, DECODE",
        "SCHEDULE_UNSHIFTED, SCHEDULE",
        "SCHEDULE_UNSHIFTED, GUIDED_STEPS"
    })
    void aMistakeIsNoticed(Fault fault, Stage stage) {
        assertThat(error(SeededModel.FIVE_LEVELS, Precision.FP32, stage, fault)).isGreaterThan(100 * BOUND);
    }

    /** Relative error of the engine's result against that of the reference, which makes {@code fault}. */
    private double error(SeededModel model, Precision precision, Stage stage, Fault fault) {
        return switch (stage) {
            case TEXT -> text(model, precision, fault);
            case ENCODE, DECODE -> autoencoder(model, stage, fault);
            case SCHEDULE -> {
                double error = 0;
                for (int steps : new int[] {1, 4, 28, 50}) {
                    for (int tokens : new int[] {64, 1024, 4300, 4301}) {
                        for (double shift : new double[] {0, 3}) {
                            double[] expected = SlowSchedule.sigmas(steps, tokens, shift, fault);
                            FlowMatchSchedule ours = FlowMatchSchedule.of(scheduler(shift), steps, tokens);
                            error = Math.max(error, Numbers.relative(expected, Numbers.floats(ours.sigmas())));
                        }
                    }
                }
                yield error;
            }
            default -> new TransformerStages(model, precision, fault).error(stage);
        };
    }

    private static SchedulerConfig scheduler(double shift) {
        return new SchedulerConfig(shift == 0, shift == 0 ? 1 : shift, true, false);
    }

    private double text(SeededModel model, Precision precision, Fault fault) {
        SeededWeights numbers = model.textWeights();
        SlowQwen3 slow = new SlowQwen3(model.text(), numbers, fault);
        int[] lengths = {5, 9};
        int padded = 12;
        long[] ids = model.ids(1, 2 * padded);
        double[] expected = new double[0];
        for (int row = 0; row < 2; row++) {
            long[] own = Arrays.copyOfRange(ids, row * padded, (row + 1) * padded);
            expected = Numbers.joined(expected, Numbers.flat(slow.embeds(own, lengths[row], model.hiddenLayers())));
        }
        double[] all = expected;
        return loaded("text_encoder", "model", model, numbers, weights -> {
            Qwen3Config config = Qwen3Config.parse(JsonConfig.read(folder.resolve("text_encoder/config.json")));
            int last = Collections.max(model.hiddenLayers());
            Qwen3Model ours = new Qwen3Model(config, layers(weights, precision), last, Device.CPU);
            weights.requireAllUsed();
            Tensor batch = Tensors.of(ids, 2, padded);
            return Numbers.relative(
                    all, Tensors.toFloats(ours.hiddenStates(batch, lengths, model.hiddenLayers(), DType.F32)));
        });
    }

    private double autoencoder(SeededModel model, Stage stage, Fault fault) {
        SeededWeights numbers = model.autoencoderWeights();
        SlowAutoencoder slow = new SlowAutoencoder(model.autoencoder(), numbers, fault);
        int multiple = model.autoencoder().multiple();
        // What is not compared runs on one token, only to have its weights made.
        int encodes = stage == Stage.ENCODE ? 1 : 0;
        int decodes = 1 - encodes;
        double[][][] image = model.planes(1, 3, (1 + encodes) * multiple, (1 + 2 * encodes) * multiple);
        double[][][] tokens = model.planes(2, 4 * model.autoencoder().latent(), 1 + decodes, 1 + 2 * decodes);
        double[] encoded = Numbers.flat(slow.encode(image));
        double[] decoded = Numbers.flat(slow.decode(tokens));
        return loaded("vae", "diffusion_pytorch_model", model, numbers, weights -> {
            AutoencoderKLFlux2 ours = new AutoencoderKLFlux2(
                    AutoencoderConfig.parse(JsonConfig.read(folder.resolve("vae/config.json"))),
                    new LoadedLayers(weights, LinearFactory.full(buffer)));
            weights.requireAllUsed();
            return stage == Stage.ENCODE
                    ? Numbers.relative(encoded, Tensors.toFloats(ours.encode(Numbers.picture(image))))
                    : Numbers.relative(decoded, Tensors.toFloats(ours.decode(Numbers.picture(tokens))));
        });
    }

    private LoadedLayers layers(Weights weights, Precision precision) {
        return new LoadedLayers(weights, new LinearFactory(precision, buffer));
    }

    /** Runs {@code body} with a component written and opened; the reference has run before, so that its weights are all made. */
    private double loaded(
            String component, String file, SeededModel model, SeededWeights numbers, Function<Weights, Double> body) {
        model.write(folder.resolve(component), file, numbers);
        try (Weights weights = Weights.open(folder.resolve(component), file, Device.CPU)) {
            return Scopes.plain(() -> body.apply(weights));
        }
    }

    /** The stages of one transformer, on two pictures at once with two references. */
    private final class TransformerStages {
        private final SeededModel model;
        private final Precision precision;
        private final SlowFlux2 slow;
        private final SeededWeights numbers;
        private final SlowFlux2.Shape shape;
        private final Fault fault;
        private final List<double[][]> images;
        private final List<double[][]> embeds;
        private final double[][] reference1; // 2x3 tokens
        private final double[][] reference2; // 4x2 tokens

        TransformerStages(SeededModel model, Precision precision, Fault fault) {
            this.model = model;
            this.precision = precision;
            this.fault = fault;
            numbers = model.transformerWeights();
            shape = model.transformer();
            slow = new SlowFlux2(shape, numbers, fault);
            images = List.of(
                    model.numbers(1, ROWS * COLUMNS, shape.channels()),
                    model.numbers(2, ROWS * COLUMNS, shape.channels()));
            embeds = List.of(model.numbers(3, TEXT, shape.joint()), model.numbers(4, TEXT, shape.joint()));
            reference1 = model.numbers(5, 6, shape.channels());
            reference2 = model.numbers(6, 8, shape.channels());
        }

        double error(Stage stage) {
            double[] expected = stage == Stage.GUIDED_STEPS ? slowSteps() : slowVelocities(stage);
            return loaded("transformer", "diffusion_pytorch_model", model, numbers, weights -> {
                Flux2Transformer ours = new Flux2Transformer(
                        TransformerConfig.parse(JsonConfig.read(folder.resolve("transformer/config.json"))),
                        layers(weights, precision));
                weights.requireAllUsed();
                Tensor result = stage == Stage.GUIDED_STEPS ? steps(ours) : velocities(ours, stage);
                return Numbers.relative(expected, Tensors.toFloats(result));
            });
        }

        private Placed references() {
            return slow.reference(reference1, 3, 0).with(slow.reference(reference2, 2, 1));
        }

        /** The second reference is added later, as a sequence adds its shots: it sees the first, which does not see it. */
        private Kept kept(double time) {
            Kept first = slow.extract(slow.reference(reference1, 3, 0), time, GUIDANCE, Kept.NOTHING);
            return slow.extract(slow.reference(reference2, 2, 1), time, GUIDANCE, first);
        }

        private double[] slowVelocities(Stage stage) {
            double[] out = new double[0];
            for (int i = 0; i < images.size(); i++) {
                double time = time(i);
                Kept kept = stage == Stage.CACHED_REFERENCES ? kept(time) : Kept.NOTHING;
                Placed image = slow.image(images.get(i), COLUMNS);
                Placed all = stage == Stage.INLINE_REFERENCES ? image.with(references()) : image;
                out = Numbers.joined(out, Numbers.flat(slow.velocity(all, embeds.get(i), time, GUIDANCE, kept)));
            }
            return out;
        }

        private static double time(int picture) {
            return (float) (0.9 - 0.55 * picture);
        }

        private Tensor velocities(Flux2Transformer ours, Stage stage) {
            Tensor latents = Numbers.batch(images);
            if (stage == Stage.INLINE_REFERENCES) {
                latents = Tensors.cat(1, latents, Numbers.twice(reference1), Numbers.twice(reference2));
            }
            ReferenceCache cache = stage == Stage.CACHED_REFERENCES ? cache(ours) : ReferenceCache.EMPTY;
            Tensor times = Numbers.tensor(new double[] {time(0), time(1)}, 2);
            Tensor guidance = shape.guidance() ? Tensors.full(GUIDANCE, DType.F32, 2) : null;
            Tensor rotaryEmbedding = ours.rotaryEmbedding(positions(stage == Stage.INLINE_REFERENCES), Device.CPU);
            return ours.forward(latents, Numbers.batch(embeds), times, guidance, rotaryEmbedding, cache);
        }

        private ReferenceCache cache(Flux2Transformer ours) {
            Tensor guidance = shape.guidance() ? Tensors.full(GUIDANCE, DType.F32, 1) : null;
            ReferenceCache first = ours.extract(
                    Numbers.one(reference1),
                    guidance,
                    ours.rotaryEmbedding(Positions.reference(0, 2, 3), Device.CPU),
                    ReferenceCache.EMPTY);
            return ours.extract(
                    Numbers.one(reference2),
                    guidance,
                    ours.rotaryEmbedding(Positions.reference(1, 4, 2), Device.CPU),
                    first);
        }

        private Tensor positions(boolean references) {
            Tensor own = Tensors.cat(0, Positions.text(TEXT), Positions.image(ROWS, COLUMNS));
            return references ? Tensors.cat(0, own, Positions.reference(0, 2, 3), Positions.reference(1, 4, 2)) : own;
        }

        /** Euler steps with classifier-free guidance: {@code u + s (c - u)}. */
        private double[] slowSteps() {
            double[] sigmas = SlowSchedule.sigmas(STEPS, ROWS * COLUMNS, 0, fault);
            double[][] x = images.getFirst();
            for (int i = 0; i < STEPS; i++) {
                double[][] with =
                        slow.velocity(slow.image(x, COLUMNS), embeds.get(0), sigmas[i], GUIDANCE, Kept.NOTHING);
                double[][] without =
                        slow.velocity(slow.image(x, COLUMNS), embeds.get(1), sigmas[i], GUIDANCE, Kept.NOTHING);
                double[][] next = new double[x.length][x[0].length];
                for (int token = 0; token < x.length; token++) {
                    for (int c = 0; c < x[0].length; c++) {
                        double velocity = without[token][c] + GUIDANCE * (with[token][c] - without[token][c]);
                        next[token][c] = x[token][c] + (sigmas[i + 1] - sigmas[i]) * velocity;
                    }
                }
                x = next;
            }
            return Numbers.flat(x);
        }

        private Tensor steps(Flux2Transformer ours) {
            Denoiser.Conditioning conditioning = new Denoiser.Conditioning(
                    Numbers.batch(embeds.subList(0, 1)),
                    Numbers.batch(embeds.subList(1, 2)),
                    GUIDANCE,
                    null,
                    ours.rotaryEmbedding(positions(false), Device.CPU),
                    ReferenceCache.EMPTY);
            return new Denoiser(ours, false, Device.CPU)
                    .run(
                            Numbers.batch(images.subList(0, 1)),
                            conditioning,
                            FlowMatchSchedule.of(scheduler(0), STEPS, ROWS * COLUMNS),
                            EulerSolver.Constraint.NONE,
                            (_, _) -> {});
        }
    }
}
