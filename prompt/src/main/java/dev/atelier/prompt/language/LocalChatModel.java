package dev.atelier.prompt.language;

import dev.atelier.engine.nn.LinearFactory;
import dev.atelier.engine.nn.LoadedLayers;
import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.nn.WideningBuffer;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.text.Qwen3Config;
import dev.atelier.engine.text.Qwen3Generator;
import dev.atelier.engine.text.Qwen3Model;
import dev.atelier.engine.text.QwenTokenizer;
import dev.atelier.engine.weights.JsonConfig;
import dev.atelier.engine.weights.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A Qwen3 in this process, on a device thread of its own: a folder as Hugging Face writes it ({@code config.json},
 * {@code model.safetensors}, {@code tokenizer.json}), or the {@code text_encoder} and {@code tokenizer} of a FLUX.2 folder. Calls
 * wait for each other.
 */
public final class LocalChatModel implements ChatModel, AutoCloseable {
    private static final int MAX_ANSWER_TOKENS = 2048;

    private final String name;
    private final DeviceThread thread;
    private final List<AutoCloseable> parts;
    private final Qwen3Generator generator;
    private final int answerTokens;
    private final AtomicBoolean closing = new AtomicBoolean();

    private LocalChatModel(
            String name, DeviceThread thread, List<AutoCloseable> parts, Qwen3Generator generator, int answerTokens) {
        this.name = name;
        this.thread = thread;
        this.parts = parts;
        this.generator = generator;
        this.answerTokens = answerTokens;
    }

    /**
     * Loads the language model of {@code folder}.
     *
     * @throws EngineException naming the file and what is wrong; nothing stays open then
     */
    public static LocalChatModel open(Path folder, Device device) {
        return open(folder, device, MAX_ANSWER_TOKENS);
    }

    /** @param answerTokens at which an answer ends that has not ended by itself */
    static LocalChatModel open(Path folder, Device device, int answerTokens) {
        boolean pipeline = Files.isDirectory(folder.resolve("text_encoder"));
        Path model = pipeline ? folder.resolve("text_encoder") : folder;
        Path vocabulary = pipeline ? folder.resolve("tokenizer") : folder;
        DeviceThread thread = new DeviceThread("language-model");
        List<AutoCloseable> parts = new ArrayList<>();
        try {
            Qwen3Generator generator = thread.call(() -> load(model, vocabulary, device, parts));
            return new LocalChatModel("Qwen3 in " + folder.getFileName(), thread, parts, generator, answerTokens);
        } catch (RuntimeException e) {
            close(thread, parts);
            throw e;
        }
    }

    private static Qwen3Generator load(Path model, Path vocabulary, Device device, List<AutoCloseable> parts) {
        device.requireAvailable();
        Qwen3Config config = Qwen3Config.parse(JsonConfig.read(model.resolve("config.json")));
        QwenTokenizer tokenizer = QwenTokenizer.open(vocabulary);
        parts.add(tokenizer);
        WideningBuffer buffer = new WideningBuffer();
        parts.add(buffer);
        Weights weights = Weights.open(model, "model", device);
        parts.add(weights);
        LoadedLayers layers = new LoadedLayers(weights, new LinearFactory(Precision.STORED, buffer));
        Qwen3Model qwen = new Qwen3Model(config, layers, config.numHiddenLayers(), device);
        weights.requireAllUsed();
        return new Qwen3Generator(qwen, tokenizer);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String complete(String system, String user, String jsonSchema, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        String chat = QwenTokenizer.chat(plain(system), plain(user));
        try {
            return thread.call(() -> generator.generate(
                    chat,
                    answerTokens,
                    Qwen3Generator.Sampling.GREEDY,
                    () -> closing.get() || System.nanoTime() - deadline > 0));
        } catch (EngineException e) {
            throw new ChatModelException(e.getMessage(), e);
        }
    }

    /** Text in which no special token is written out: it would end the turn. */
    private static String plain(String text) {
        return text.replaceAll("<\\|([A-Za-z_]+)\\|>", "< |$1| >").replaceAll("</?think>", "");
    }

    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            close(thread, parts);
        }
    }

    private static void close(DeviceThread thread, List<AutoCloseable> parts) {
        thread.call(() -> {
            for (AutoCloseable part : parts.reversed()) {
                part.close();
            }
            return null;
        });
        thread.close();
    }
}
