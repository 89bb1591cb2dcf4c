package dev.atelier.engine.nn;

import dev.atelier.engine.lora.LoraAdapters;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.OneDnn;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.SafetensorsWriter;
import dev.atelier.engine.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Every way in which a linear layer is multiplied, with random shapes, element types, numbers of rows and forms of the input, beside
 * {@code torch.matmul} in float64. Runs in a process of its own too, where oneDNN is held to older processors.
 */
final class ProductTrials {
    private static final double MAX_ERROR = 3e-6;
    private static final double LORA_SCALE = 0.7;
    private static final int LAYERS_OF_ONE_INPUT = 3;

    /** Widths around oneDNN's blocks of 8 to 64 and between them, and those that were multiplied wrongly once. */
    private static final long[] WIDTHS = {
        1, 2, 3, 7, 8, 15, 16, 17, 24, 31, 32, 33, 40, 47, 48, 49, 56, 63, 64, 65, 72, 80, 96, 100, 112, 120, 127, 128,
        129, 136, 160, 192, 200, 255, 256, 257, 320, 384, 520, 1000
    };

    private static final long[] ROWS = {1, 2, 3, 5, 15, 16, 17, 18, 31, 33, 48, 64, 65, 77, 100, 200};
    private static final DType[] TYPES = {DType.BF16, DType.BF16, DType.F16, DType.F32};

    private final Random random;
    private final List<Trial> trials = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    /** One layer's shape, stored type and input. */
    private record Trial(int number, long in, long out, long rows, DType type, boolean biased) {
        String name() {
            return "single_transformer_blocks." + number + ".attn.to_out";
        }

        String other(int k) {
            return "single_transformer_blocks." + number + ".other" + k;
        }

        String adapted() {
            return "transformer." + name();
        }
    }

    private ProductTrials(long seed, int count) {
        random = new Random(seed);
        for (int i = 0; i < count; i++) {
            trials.add(
                    new Trial(i, width(), width(), ROWS[random.nextInt(ROWS.length)], type(), random.nextInt(3) == 0));
        }
    }

    private long width() {
        return random.nextInt(4) == 0 ? 1 + random.nextInt(300) : WIDTHS[random.nextInt(WIDTHS.length)];
    }

    private DType type() {
        return TYPES[random.nextInt(TYPES.length)];
    }

    /**
     * @param folder to write weights to
     * @return a line for each product that is wrong
     */
    static List<String> failures(Path folder, long seed, int count) {
        boolean before = GradMode.is_enabled();
        GradMode.set_enabled(false);
        try {
            ProductTrials trials = new ProductTrials(seed, count);
            Scopes.run(() -> trials.run(folder));
            return trials.failures;
        } finally {
            GradMode.set_enabled(before);
        }
    }

    /** {@code SEED COUNT}: prints the failures; exit status 1 if there are any. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("products");
        List<String> failures = failures(folder, Long.parseLong(args[0]), Integer.parseInt(args[1]));
        failures.forEach(System.out::println);
        System.exit(failures.isEmpty() ? 0 : 1);
    }

    private void run(Path folder) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, Tensor> lora = new LinkedHashMap<>();
        for (Trial t : trials) {
            tensors.put(t.name() + ".weight", Tensors.to(numbers(t.out(), t.in()), t.type()));
            tensors.put(t.name() + ".bias", Tensors.to(numbers(t.out()), t.type()));
            for (int k = 1; k < LAYERS_OF_ONE_INPUT; k++) {
                tensors.put(t.other(k) + ".weight", Tensors.to(numbers(t.out(), t.in()), t.type()));
            }
            long rank = 1 + random.nextInt(9);
            lora.put(t.adapted() + ".lora_A.weight", numbers(rank, t.in()));
            lora.put(t.adapted() + ".lora_B.weight", numbers(t.out(), rank));
        }
        SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of());
        SafetensorsWriter.write(folder.resolve("lora.safetensors"), lora, Map.of());
        try (Weights weights = Weights.open(folder, "model", Device.CPU);
                WideningBuffer buffer = new WideningBuffer();
                LoraAdapters adapters = new LoraAdapters(Device.CPU)) {
            adapters.add(folder.resolve("lora.safetensors"), LORA_SCALE);
            for (Trial t : trials) {
                Scopes.run(() -> multiply(t, weights, buffer, adapters, lora));
            }
        }
    }

    private void multiply(
            Trial t, Weights weights, WideningBuffer buffer, LoraAdapters adapters, Map<String, Tensor> lora) {
        Tensor x = input(t);
        Tensor expected = product(x, weights.view(t.name() + ".weight"));
        Tensor bias = Tensors.to(weights.view(t.name() + ".bias"), DType.F64);
        Tensor biased = t.biased() ? expected.add(bias) : expected;
        long block = t.in() * (1 + random.nextLong(t.out()));
        Map<String, LinearFactory> factories = Map.of(
                "stored",
                new LinearFactory(Precision.STORED, buffer),
                "fp32",
                new LinearFactory(Precision.FP32, buffer),
                "widened",
                LinearFactory.widening(buffer, Long.MAX_VALUE, Long.MAX_VALUE),
                "widened in blocks",
                LinearFactory.widening(buffer, block, block));
        factories.forEach((path, factory) -> {
            Linear linear = factory.make(weights, t.name(), t.in(), t.out(), t.biased());
            compare(t, path, linear.forward(x), biased);
            compare(t, path + ", again", linear.forward(x), biased);
            compare(t, path + ", another number of rows", linear.forward(x.narrow(-2, 0, 1)), biased.narrow(-2, 0, 1));
            compareAdapted(t, path, linear, adapters, lora, x, biased);
            compareWithGradients(t, path, linear, x, biased);
            compareTogether(t, path, new LoadedLayers(weights, factory), weights, x);
        });
        if (t.in() > 1 && t.out() > 1) {
            Tensor weight = Tensors.to(weights.view(t.name() + ".weight"), DType.F32);
            Int8Linear.Rounded rounded = Int8Linear.roundWeight(weight, OneDnn.cutsOffPairs());
            compareInt8(t, rounded, t.biased() ? Tensors.to(bias, DType.F32) : null, buffer, x);
        }
    }

    private void compareAdapted(
            Trial t,
            String path,
            Linear base,
            LoraAdapters adapters,
            Map<String, Tensor> lora,
            Tensor x,
            Tensor expected) {
        Tensor down = product(x, lora.get(t.adapted() + ".lora_A.weight"));
        Tensor up = product(down, lora.get(t.adapted() + ".lora_B.weight")).mul(new Scalar(LORA_SCALE));
        compare(
                t,
                path + " with an adapter",
                adapters.around(base, t.name(), t.in(), t.out()).forward(x),
                expected.add(up));
    }

    private void compareWithGradients(Trial t, String path, Linear linear, Tensor x, Tensor expected) {
        try (var _ = new AutoGradMode(true)) {
            compare(t, path + " with gradients", linear.forward(x), expected);
        }
    }

    private void compareTogether(Trial t, String path, LoadedLayers layers, Weights weights, Tensor x) {
        List<String> names = new ArrayList<>(List.of(t.name()));
        for (int k = 1; k < LAYERS_OF_ONE_INPUT; k++) {
            names.add(t.other(k));
        }
        List<Tensor> outputs = layers.linears(names, t.in(), t.out()).forward(x);
        for (int k = 0; k < names.size(); k++) {
            compare(
                    t,
                    path + ", layer " + k + " of one input",
                    outputs.get(k),
                    product(x, weights.view(names.get(k) + ".weight")));
        }
    }

    /** The integers' product is exact, so only the last roundings of fp32 remain between it and float64. */
    private void compareInt8(Trial t, Int8Linear.Rounded weight, Tensor bias, WideningBuffer buffer, Tensor x) {
        Tensor out = new Int8Linear(weight.numbers(), weight.scale().flatten(), bias, buffer).forward(x);
        Int8Linear.Rounded input = Int8Linear.round(x.reshape(-1, t.in()));
        Tensor expected = product(restored(input), restored(weight)).view(out.shape());
        compare(t, "int8", out, bias == null ? expected : expected.add(Tensors.to(bias, DType.F64)));
    }

    private static Tensor restored(Int8Linear.Rounded rounded) {
        return Tensors.to(rounded.numbers(), DType.F64).mul(Tensors.to(rounded.scale(), DType.F64));
    }

    private void compare(Trial t, String path, Tensor ours, Tensor expected) {
        double error = Tensors.relativeError(ours, expected);
        if (!(error <= MAX_ERROR)) {
            failures.add(path + ": off by " + error + ": " + t);
        }
    }

    private static Tensor product(Tensor x, Tensor weight) {
        return torch.matmul(
                Tensors.to(x, DType.F64), Tensors.to(weight, DType.F64).t());
    }

    /** Dense, batched, a part of wider rows, or columns in memory. */
    private Tensor input(Trial t) {
        return switch (random.nextInt(4)) {
            case 0 -> numbers(t.rows(), t.in());
            case 1 -> numbers(2, t.rows(), t.in());
            case 2 -> numbers(1, t.rows(), t.in() + 5).narrow(-1, 3, t.in());
            default -> numbers(t.in(), t.rows()).t();
        };
    }

    private Tensor numbers(long... shape) {
        int count = 1;
        for (long size : shape) {
            count = Math.toIntExact(count * size);
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensors.of(values, shape);
    }
}
