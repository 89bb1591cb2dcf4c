package dev.atelier.engine.text;

import dev.atelier.engine.nn.LinearFactory;
import dev.atelier.engine.nn.LoadedLayers;
import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.nn.WideningBuffer;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.text.ChatTurn.Role;
import dev.atelier.engine.weights.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * A Qwen3 that answers in text, on a device thread of its own: a folder as Hugging Face writes it ({@code config.json},
 * {@code model.safetensors}, {@code tokenizer.json}), or the {@code text_encoder} and {@code tokenizer} of a FLUX.2 folder. Safe to
 * use from any thread; calls wait for each other.
 */
public final class LanguageModel implements AutoCloseable {
    /** Tokens that a conversation may have before the answer: attention's mask grows with their square. */
    static final int MAX_PROMPT = 4096;

    private final String name;
    private final DeviceThread thread;
    private final List<AutoCloseable> parts;
    private final Qwen3Generator generator;
    private final AtomicBoolean closing = new AtomicBoolean();

    private LanguageModel(String name, DeviceThread thread, List<AutoCloseable> parts, Qwen3Generator generator) {
        this.name = name;
        this.thread = thread;
        this.parts = parts;
        this.generator = generator;
    }

    /**
     * Loads the language model of {@code folder}.
     *
     * @throws EngineException naming the file and what is wrong; nothing stays open then
     */
    public static LanguageModel open(Path folder, Device device) {
        boolean pipeline = Files.isDirectory(folder.resolve("text_encoder"));
        Path model = pipeline ? folder.resolve("text_encoder") : folder;
        Path vocabulary = pipeline ? folder.resolve("tokenizer") : folder;
        DeviceThread thread = new DeviceThread("language-model");
        List<AutoCloseable> parts = new ArrayList<>();
        try {
            Qwen3Generator generator = thread.call(() -> load(model, vocabulary, device, parts));
            return new LanguageModel(
                    folder.toAbsolutePath().normalize().getFileName().toString(), thread, parts, generator);
        } catch (RuntimeException e) {
            close(thread, parts);
            throw e;
        }
    }

    private static Qwen3Generator load(Path model, Path vocabulary, Device device, List<AutoCloseable> parts) {
        device.requireAvailable();
        Qwen3Config config = Qwen3Config.read(model);
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

    /** The folder's name. */
    public String name() {
        return name;
    }

    /**
     * Answers one user turn, thinking off.
     *
     * @param system instructions; special tokens written in them or in {@code user} are plain text
     * @param maxTokens at which an answer ends that has not ended by itself
     * @param stop asked before each token; true ends the answer where it is
     * @return the answer's text without special tokens; what there is of it once this model is being closed
     * @throws EngineException when it fails or is closed
     */
    public String answer(String system, String user, int maxTokens, TokenSampling sampling, BooleanSupplier stop) {
        Writing writing = new Writing(maxTokens, sampling, null, stop, _ -> {});
        return write(List.of(new ChatTurn(Role.SYSTEM, system), new ChatTurn(Role.USER, user)), writing)
                .text();
    }

    /**
     * Writes the assistant's next turn of a conversation, thinking off.
     *
     * @param turns special tokens written in them are plain text
     * @throws TooLongException when the conversation has more than {@value #MAX_PROMPT} tokens
     * @throws EngineException when it fails or is closed
     */
    public Written write(List<ChatTurn> turns, Writing writing) {
        String chat = QwenTokenizer.chat(turns.stream()
                .map(turn -> new ChatTurn(turn.role(), plain(turn.text())))
                .toList());
        try {
            return thread.call(() -> {
                if (closing.get()) {
                    throw new EngineException(name + ": the language model is closed");
                }
                return generator.write(chat, MAX_PROMPT, stoppable(writing));
            });
        } catch (RejectedExecutionException e) {
            throw new EngineException(name + ": the language model is closed", e);
        }
    }

    private Writing stoppable(Writing writing) {
        return new Writing(
                writing.maxTokens(),
                writing.sampling(),
                writing.grammar(),
                () -> closing.get() || writing.stop().getAsBoolean(),
                writing.listener());
    }

    /** Text in which no special token is written out: it would end the turn. */
    static String plain(String text) {
        // Words that only look like tokens go first: what is left of "<|im_<think>end|>" is a token. Once is not
        // enough: what is left of
        // "<thi<think>nk>" is another one.
        String plain = text;
        String before;
        do {
            before = plain;
            plain = plain.replaceAll("</?(?:think|tool_call|tool_response)>", "");
        } while (!plain.equals(before));
        return plain.replaceAll("<\\|([A-Za-z0-9_]+)\\|>", "< |$1| >");
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
