package dev.atelier.engine.weights;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.EngineException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes the weights of a component in another format: safetensors under the names of diffusers and transformers, or GGUF under those that
 * stable-diffusion.cpp, ComfyUI-GGUF and llama.cpp read. Tensor by tensor, a few megabytes at a time, however large the file is.
 *
 * <p>Of a GGUF the matrices of repeated blocks are in the wanted type; vectors are fp32. Outside of the blocks a quantised transformer keeps
 * bf16 and a quantised text encoder has its vocabulary in Q8_0, as small errors there are errors of everything.
 */
public final class WeightConversion implements AutoCloseable {
    private static final Pattern IN_REPEATED_BLOCK = Pattern.compile(".+\\.\\d+\\..+\\.weight");
    private static final int PIECE_NUMBERS = 1 << 20;
    private static final long RELEASE_BYTES = 1L << 28;
    private static final String TRANSFORMER_MARK = "x_embedder.weight";
    private static final String TEXT_MARK = "model.embed_tokens.weight";
    private static final String CONFIG = "config.json";

    /** Types by {@code general.file_type}. Source: {@code LlamaFileType} in gguf-py's {@code constants.py}. */
    private static final Map<BlockFormat, Integer> FILE_TYPES = Map.of(
            BlockFormat.F32, 0, BlockFormat.F16, 1, BlockFormat.Q4_0, 2, BlockFormat.Q8_0, 7, BlockFormat.BF16, 32);

    private final Weights weights;
    private final Path target;
    private final boolean gguf;
    private final List<Output> outputs = new ArrayList<>();
    private final Map<String, Object> pairs = new LinkedHashMap<>();

    /** A tensor of the new file. @param format null: as stored */
    private record Output(String name, StoredTensor tensor, BlockFormat format) {
        long bytes() {
            return format == null ? tensor.bytes() : format.bytesOf(tensor.numbers());
        }
    }

    /** Hears of what is written, and may end it. */
    public interface Listener {
        /** @param bytes that were written since the last call */
        void onBytes(long bytes);

        /** Asked between pieces; true ends the conversion, which leaves nothing behind. */
        boolean isCancelled();
    }

    private WeightConversion(Weights weights, Path target) {
        this.weights = weights;
        this.target = target;
        this.gguf = WeightFiles.isGguf(target);
    }

    /** The types that a new file can have, for an option of a command. */
    public static List<String> types() {
        return Arrays.stream(BlockFormat.values())
                .filter(BlockFormat::isWritten)
                .map(BlockFormat::label)
                .toList();
    }

    /**
     * Reads the header of {@code source} and plans the new file.
     *
     * @param source a file, or the folder of a component ({@code transformer}, {@code text_encoder})
     * @param target a file whose name ends in .safetensors or .gguf
     * @param type one of {@link #types}; the quantised ones go into a GGUF only
     * @throws EngineException naming what is wrong with either
     */
    public static WeightConversion plan(Path source, Path target, String type) {
        boolean safetensors = target.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors");
        if (!safetensors && !WeightFiles.isGguf(target)) {
            throw new EngineException(target + ": its name ends in neither .safetensors nor .gguf");
        }
        BlockFormat format = Arrays.stream(BlockFormat.values())
                .filter(f -> f.isWritten() && f.label().equals(type.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () -> new EngineException("type: '" + type + "' is none of " + String.join(", ", types())));
        if (safetensors && format.plain() == null) {
            throw new EngineException(
                    "type: " + format.label() + " goes into a .gguf; a .safetensors has f32, f16 or bf16");
        }
        WeightConversion made = new WeightConversion(open(source), target);
        try {
            made.plan(source, format);
            made.weights.sayNotes();
            return made;
        } catch (RuntimeException e) {
            made.close();
            throw e;
        }
    }

    private static Weights open(Path source) {
        if (!Files.isDirectory(source)) {
            return Weights.open(source);
        }
        if (Files.exists(source.resolve("model_index.json"))) {
            throw new EngineException(source + " is a whole model; name one of its parts, such as "
                    + source.resolve("transformer") + " or " + source.resolve("text_encoder"));
        }
        boolean text =
                Files.exists(source.resolve("model.safetensors")) || Files.exists(WeightFiles.index(source, "model"));
        return Weights.open(source, text ? "model" : "diffusion_pytorch_model", Device.CPU);
    }

    private void plan(Path source, BlockFormat format) {
        Map<String, StoredTensor> ours = weights.stored();
        if (ours.isEmpty()) {
            throw new EngineException(source + ": holds no tensor");
        }
        if (!gguf) {
            ours.forEach((name, tensor) -> outputs.add(new Output(name, tensor, tensor.isFloating() ? format : null)));
            return;
        }
        if (ours.containsKey(TRANSFORMER_MARK)) {
            pairs.put(Qwen3Keys.ARCHITECTURE, "flux");
        } else if (ours.containsKey(TEXT_MARK)) {
            pairs.putAll(textPairs());
        } else {
            throw new EngineException(source
                    + ": a GGUF is written of a FLUX.2 transformer or a Qwen3 text encoder, and this is neither");
        }
        pairs.put("general.quantization_version", 2);
        pairs.put("general.file_type", FILE_TYPES.get(format));
        boolean text = ours.containsKey(TEXT_MARK);
        Map<String, StoredTensor> theirs = text ? TensorNames.llamaCpp(ours) : TensorNames.blackForestLabs(ours);
        theirs.forEach((name, tensor) -> outputs.add(new Output(name, tensor, format(name, tensor, format, text))));
    }

    private static BlockFormat format(String name, StoredTensor tensor, BlockFormat wanted, boolean text) {
        long[] shape = tensor.shape();
        if (!tensor.isFloating()) {
            throw new EngineException(tensor.path() + ": " + tensor.name() + ": stored as " + tensor.formats()
                    + "; floating-point numbers are written");
        }
        if (shape.length < 2) {
            return BlockFormat.F32;
        }
        if (wanted.numbers() == 1) {
            return wanted;
        }
        if (shape[shape.length - 1] % wanted.numbers() != 0) {
            return BlockFormat.BF16;
        }
        if (IN_REPEATED_BLOCK.matcher(name).matches()) {
            return wanted;
        }
        return text ? BlockFormat.Q8_0 : BlockFormat.BF16;
    }

    private Map<String, Object> textPairs() {
        Map<String, String> said = weights.metadata();
        Map<String, Object> out = new LinkedHashMap<>();
        if (!said.containsKey(Qwen3Keys.ARCHITECTURE)) {
            Path config = weights.folder().resolve(CONFIG);
            if (!Files.exists(config)) {
                throw new EngineException(weights.path() + ": a GGUF of a text encoder says how many heads it has, and "
                        + config + " is missing that would say so");
            }
            return Qwen3Keys.pairs(JsonConfig.read(config));
        }
        out.put(Qwen3Keys.ARCHITECTURE, said.get(Qwen3Keys.ARCHITECTURE));
        said.forEach((key, value) -> {
            String own = key.startsWith(Qwen3Keys.QWEN3 + ".") ? key.substring(Qwen3Keys.QWEN3.length() + 1) : "";
            if (Qwen3Keys.NUMBERS.containsKey(own)) {
                out.put(key, Float.parseFloat(value));
            } else if (!own.isEmpty() && value.matches("\\d{1,9}")) {
                out.put(key, Integer.parseInt(value));
            }
        });
        return out;
    }

    /** Bytes of data of the new file. */
    public long bytes() {
        return outputs.stream().mapToLong(Output::bytes).sum();
    }

    public int tensors() {
        return outputs.size();
    }

    /** How many tensors have which type, such as {@code 112 q8_0, 40 f32}. */
    public String summary() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        outputs.forEach(output -> counts.merge(
                output.format() == null
                        ? output.tensor().formats()
                        : output.format().label(),
                1,
                Integer::sum));
        return String.join(
                ", ",
                counts.entrySet().stream()
                        .map(e -> e.getValue() + " " + e.getKey())
                        .toList());
    }

    /**
     * Writes the file, which appears under its name when it is whole, in place of what stood there.
     *
     * @return false when the listener ended it
     * @throws EngineException naming the tensor whose numbers cannot be written, or the file
     */
    public boolean run(Listener listener) {
        if (gguf) {
            List<GgufWriter.Declared> declared = outputs.stream()
                    .map(output -> new GgufWriter.Declared(
                            output.name(), output.format(), output.tensor().shape()))
                    .toList();
            try (GgufWriter writer = GgufWriter.create(target, declared, pairs)) {
                return write(listener, (_, bytes) -> writer.append(bytes), writer::next, writer::finish);
            }
        }
        List<SafetensorsWriter.Declared> declared = outputs.stream()
                .map(output -> new SafetensorsWriter.Declared(
                        output.name(), type(output), output.tensor().shape()))
                .toList();
        try (SafetensorsWriter writer = SafetensorsWriter.create(target, declared, Map.of("format", "pt"))) {
            return write(listener, writer::append, () -> {}, writer::finish);
        }
    }

    private static DType type(Output output) {
        return output.format() == null
                ? output.tensor().type()
                : output.format().plain();
    }

    private interface Sink {
        void append(String name, MemorySegment bytes);
    }

    private boolean write(Listener listener, Sink sink, Runnable next, Runnable finish) {
        long touched = 0;
        for (Output output : outputs) {
            if (!write(output, listener, sink)) {
                return false;
            }
            next.run();
            touched += output.tensor().bytes();
            if (touched > RELEASE_BYTES) {
                weights.releasePages();
                touched = 0;
            }
        }
        finish.run();
        return true;
    }

    private static boolean write(Output output, Listener listener, Sink sink) {
        StoredTensor tensor = output.tensor();
        if (output.format() == null) {
            sink.append(output.name(), tensor.rawBytes());
            listener.onBytes(tensor.bytes());
            return !listener.isCancelled();
        }
        long[] shape = tensor.shape();
        long columns = shape.length == 0 ? 1 : shape[shape.length - 1];
        long rows = shape.length < 2 ? 1 : tensor.numbers() / Math.max(1, columns);
        int step = (int) Math.clamp(PIECE_NUMBERS / Math.max(1, columns), 1, Math.max(1, rows));
        float[] numbers = new float[Math.toIntExact(step * columns)];
        byte[] bytes = new byte[Math.toIntExact(output.format().bytesOf(numbers.length))];
        for (long row = 0; row < rows && tensor.numbers() > 0; row += step) {
            int count = (int) (Math.min(step, rows - row) * columns);
            tensor.decode(row, count / columns, MemorySegment.ofArray(numbers));
            try {
                output.format()
                        .encode(numbers, 0, bytes, 0, count / output.format().numbers());
            } catch (EngineException e) {
                throw new EngineException(tensor.path() + ": " + tensor.name() + ": " + e.getMessage(), e);
            }
            MemorySegment piece =
                    MemorySegment.ofArray(bytes).asSlice(0, output.format().bytesOf(count));
            sink.append(output.name(), piece);
            listener.onBytes(piece.byteSize());
            if (listener.isCancelled()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        weights.close();
    }
}
