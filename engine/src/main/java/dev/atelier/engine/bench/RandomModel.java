package dev.atelier.engine.bench;

import dev.atelier.engine.dit.Flux2Transformer;
import dev.atelier.engine.dit.TransformerConfig;
import dev.atelier.engine.nn.DeclaringLayers;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.text.Qwen3Config;
import dev.atelier.engine.text.Qwen3Model;
import dev.atelier.engine.vae.AutoencoderConfig;
import dev.atelier.engine.vae.AutoencoderKLFlux2;
import dev.atelier.engine.weights.JsonConfig;
import dev.atelier.engine.weights.SafetensorsWriter;
import dev.atelier.engine.weights.SafetensorsWriter.Declared;
import dev.atelier.reason.Reasons;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Model folders of a known shape with random bf16 weights, so that a machine can be measured without a download. Matrices are
 * normally distributed with variance 1 / inputs, so that numbers keep their size through the layers; one block of random numbers
 * is repeated, which keeps writing as fast as the disk.
 */
final class RandomModel {
    private static final List<String> SHAPES = List.of("klein-4b");
    private static final String INDEX = "model_index.json";
    private static final List<String> FILES = List.of(
            "scheduler/scheduler_config.json",
            "tokenizer/tokenizer.json",
            "tokenizer/tokenizer_config.json",
            "text_encoder/config.json",
            "transformer/config.json",
            "vae/config.json");

    /** A prime, so that the repetition never falls in step with the rows of a matrix. */
    private static final int BLOCK_NUMBERS = 4_194_301;

    private static final long SEED = 20_26;

    private final float[] normals = new float[BLOCK_NUMBERS];

    private RandomModel() {
        Random random = new Random(SEED);
        for (int i = 0; i < BLOCK_NUMBERS; i++) {
            normals[i] = (float) random.nextGaussian();
        }
    }

    /** The folder of {@code shape} under {@code parent}, made if it is not there; whole exactly when its {@value INDEX} is there. */
    static Path prepare(String shape, Path parent, Consumer<String> progress) {
        if (!SHAPES.contains(shape)) {
            throw new EngineException("shape: '" + shape + "' is none of " + String.join(", ", SHAPES));
        }
        Path folder = parent.resolve(shape);
        if (!Files.exists(folder.resolve(INDEX))) {
            try {
                write(shape, folder, progress);
            } catch (IOException e) {
                throw new EngineException(folder + ": cannot be written: " + Reasons.of(e), e);
            }
        }
        progress.accept("random weights in " + folder + "; to delete them: rm -r '" + folder + "'");
        return folder;
    }

    private static void write(String shape, Path folder, Consumer<String> progress) throws IOException {
        for (String file : FILES) {
            copy(shape, file, folder);
        }
        List<Declared> text = text(folder);
        List<Declared> transformer = transformer(folder);
        List<Declared> vae = vae(folder);
        long bytes = bytes(text) + bytes(transformer) + bytes(vae);
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < bytes + bytes / 20) {
            throw new EngineException(folder + ": " + bytes / 1_000_000 + " MB are needed, " + free / 1_000_000
                    + " MB are free on this disk");
        }
        progress.accept("writing " + bytes / 1_000_000 + " MB of random weights to " + folder);
        RandomModel random = new RandomModel();
        random.write(folder.resolve("text_encoder/model.safetensors"), text);
        random.write(folder.resolve("transformer/diffusion_pytorch_model.safetensors"), transformer);
        random.write(folder.resolve("vae/diffusion_pytorch_model.safetensors"), vae);
        copy(shape, INDEX, folder);
    }

    private static void copy(String shape, String file, Path folder) throws IOException {
        Path target = folder.resolve(file);
        Files.createDirectories(target.getParent());
        try (InputStream in =
                RandomModel.class.getResourceAsStream("/dev/atelier/engine/shapes/" + shape + "/" + file)) {
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The tensors that {@code folder/text_encoder/config.json} asks for. */
    static List<Declared> text(Path folder) {
        Qwen3Config config = Qwen3Config.parse(JsonConfig.read(folder.resolve("text_encoder/config.json")));
        DeclaringLayers layers = new DeclaringLayers();
        new Qwen3Model(config, layers, config.numHiddenLayers(), Device.CPU);
        return declared(layers);
    }

    /** As {@link #text}, of the transformer. */
    static List<Declared> transformer(Path folder) {
        DeclaringLayers layers = new DeclaringLayers();
        new Flux2Transformer(
                TransformerConfig.parse(JsonConfig.read(folder.resolve("transformer/config.json"))), layers);
        return declared(layers);
    }

    /** As {@link #text}, of the autoencoder. */
    static List<Declared> vae(Path folder) {
        DeclaringLayers layers = new DeclaringLayers();
        new AutoencoderKLFlux2(AutoencoderConfig.parse(JsonConfig.read(folder.resolve("vae/config.json"))), layers);
        return declared(layers);
    }

    private static List<Declared> declared(DeclaringLayers layers) {
        List<Declared> out = new ArrayList<>();
        layers.shapes().forEach((name, shape) -> out.add(new Declared(name, DType.BF16, shape)));
        return out;
    }

    private static long bytes(List<Declared> tensors) {
        return tensors.stream().mapToLong(d -> numbers(d) * DType.BF16.bytes()).sum();
    }

    static long numbers(Declared tensor) {
        return Arrays.stream(tensor.shape()).reduce(1, Math::multiplyExact);
    }

    private void write(Path file, List<Declared> tensors) {
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, tensors, Map.of("format", "pt"))) {
            for (Declared tensor : tensors) {
                MemorySegment block = block(tensor);
                long left = numbers(tensor) * DType.BF16.bytes();
                while (left > 0) {
                    long piece = Math.min(left, block.byteSize());
                    writer.append(tensor.name(), block.asSlice(0, piece));
                    left -= piece;
                }
            }
            writer.finish();
        }
    }

    /** Numbers of a tensor's distribution: matrices and filters random, weights of norms and variances 1, all else 0. */
    private MemorySegment block(Declared tensor) {
        int count = (int) Math.min(BLOCK_NUMBERS, numbers(tensor));
        ByteBuffer bytes = ByteBuffer.allocate(count * DType.BF16.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        boolean random = tensor.shape().length > 1;
        boolean one = tensor.name().endsWith("weight") || tensor.name().endsWith("running_var");
        double deviation = random ? 1 / Math.sqrt((double) numbers(tensor) / tensor.shape()[0]) : 0;
        for (int i = 0; i < count; i++) {
            bytes.putShort(bfloat16(random ? (float) (normals[i] * deviation) : one ? 1 : 0));
        }
        return MemorySegment.ofArray(bytes.array());
    }

    private static short bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int roundToEven = 0x7fff + ((bits >>> 16) & 1);
        return (short) ((bits + roundToEven) >>> 16);
    }
}
