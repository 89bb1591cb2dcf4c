package dev.atelier.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.engine.nn.LinearFactory;
import dev.atelier.engine.nn.LoadedLayers;
import dev.atelier.engine.nn.WideningBuffer;
import dev.atelier.engine.reference.Fault;
import dev.atelier.engine.reference.SeededModel;
import dev.atelier.engine.reference.SeededWeights;
import dev.atelier.engine.reference.SlowQwen3;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.weights.JsonConfig;
import dev.atelier.engine.weights.Weights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.GradMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class Qwen3GeneratorTest {
    private static final long[] PROMPT = {5, 17, 3, 29, 11};
    private static final BooleanSupplier NEVER = () -> false;
    private static final long END_OF_TURN = 2;
    private static final long PAD = 0;

    @TempDir
    Path folder;

    private QwenTokenizer tokenizer;

    @BeforeEach
    void open() {
        GradMode.set_enabled(false);
        tokenizer = QwenTokenizer.open(Path.of("src/test/resources/parity/klein-small/tokenizer"));
    }

    @AfterEach
    void close() {
        tokenizer.close();
        GradMode.set_enabled(true);
    }

    static List<SeededModel> models() {
        return SeededModel.all();
    }

    /** Token by token, with cached keys and values, what the whole text anew at each token makes likeliest. */
    @ParameterizedTest
    @MethodSource("models")
    void greedyWritingFollowsTheReference(SeededModel model) {
        int most = 8;
        SeededWeights numbers = model.textWeights();
        SlowQwen3 slow = new SlowQwen3(model.text(), numbers, Fault.NONE);
        long[] text = PROMPT;
        long next = likeliest(slow.logits(text));
        while (text.length < PROMPT.length + most && next != END_OF_TURN && next != PAD) {
            text = with(text, next);
            next = likeliest(slow.logits(text));
        }

        assertThat(written(model, numbers, most, NEVER))
                .isEqualTo(Arrays.copyOfRange(text, PROMPT.length, text.length));
    }

    @Test
    void writingStopsAtTheBoundAndWhenToldTo() {
        SeededModel model = SeededModel.FIVE_LEVELS;
        SeededWeights numbers = model.textWeights();
        new SlowQwen3(model.text(), numbers, Fault.NONE).logits(PROMPT);
        int[] asked = {0};

        assertThat(written(model, numbers, 3, NEVER)).hasSize(3);
        assertThat(written(model, numbers, 100, () -> asked[0]++ == 2)).hasSize(2);
        assertThat(written(model, numbers, 0, NEVER)).isEmpty();
    }

    @Test
    void atTemperatureZeroTheFirstOfTheLikeliestIsChosen() {
        assertThat(Qwen3Generator.choose(new float[] {1, 5, -2, 5}, TokenSampling.GREEDY, new SplittableRandom(1)))
                .isEqualTo(1);
    }

    /**
     * Logits are logarithms of 1, 2, 3, 4, so shares are tenths; at temperature 1/2 they are 1, 4, 9, 16 thirtieths. The fewest likeliest
     * whose shares reach top-p stay, at most top-k.
     */
    @ParameterizedTest
    @CsvSource({
        "1.0, 1.0, 0, 0.1, 0.2, 0.3, 0.4",
        "0.5, 1.0, 0, 0.0333333, 0.1333333, 0.3, 0.5333333",
        "1.0, 0.6, 0, 0, 0, 0.4285714, 0.5714286",
        "1.0, 0.3, 0, 0, 0, 0, 1",
        "1.0, 1.0, 3, 0, 0.2222222, 0.3333333, 0.4444444",
        "1.0, 0.9, 2, 0, 0, 0.4285714, 0.5714286"
    })
    void tokensAreDrawnByTheirShares(
            double temperature, double topP, int topK, double a, double b, double c, double d) {
        float[] logits = {0, (float) Math.log(2), (float) Math.log(3), (float) Math.log(4)};
        TokenSampling sampling = new TokenSampling(temperature, topP, topK, 0);
        SplittableRandom random = new SplittableRandom(4);
        int draws = 40_000;
        double[] share = new double[4];
        for (int i = 0; i < draws; i++) {
            share[Qwen3Generator.choose(logits, sampling, random)] += 1.0 / draws;
        }

        assertThat(share).containsExactly(new double[] {a, b, c, d}, within(4 * 0.5 / Math.sqrt(draws)));
    }

    @ParameterizedTest
    @CsvSource({"-1, 1, 0", "NaN, 1, 0", "1, 0, 0", "1, 1.5, 0", "1, 1, -1"})
    void impossibleSamplingIsRefusedWithItsBounds(double temperature, double topP, int topK) {
        assertThatThrownBy(() -> new TokenSampling(temperature, topP, topK, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("temperature " + temperature, "top-p " + topP, "top-k " + topK, "(0, 1]");
    }

    private long[] written(SeededModel model, SeededWeights numbers, int most, BooleanSupplier stop) {
        Path component = folder.resolve("text_encoder");
        model.write(component, "model", numbers);
        Qwen3Config config = Qwen3Config.parse(JsonConfig.read(component.resolve("config.json")));
        try (Weights weights = Weights.open(component, "model", Device.CPU);
                WideningBuffer buffer = new WideningBuffer()) {
            Qwen3Model loaded = new Qwen3Model(
                    config,
                    new LoadedLayers(weights, LinearFactory.full(buffer)),
                    config.numHiddenLayers(),
                    Device.CPU);
            weights.requireAllUsed();
            LongStream.Builder ids = LongStream.builder();
            new Qwen3Generator(loaded, tokenizer).write(PROMPT, Writing.greedy(most, stop), ids::add);
            return ids.build().toArray();
        }
    }

    private static int likeliest(double[] logits) {
        int out = 0;
        for (int i = 1; i < logits.length; i++) {
            out = logits[i] > logits[out] ? i : out;
        }
        return out;
    }

    private static long[] with(long[] ids, long next) {
        long[] out = Arrays.copyOf(ids, ids.length + 1);
        out[ids.length] = next;
        return out;
    }
}
