package dev.atelier.engine.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.weights.ForeignFiles;
import dev.atelier.engine.weights.JsonConfig;
import dev.atelier.reason.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The byte-level BPE of a folder's {@code tokenizer.json}, and Qwen's chat form. Safe to use from any thread. */
public final class QwenTokenizer implements AutoCloseable {
    private static final long MAX_BYTES = 64_000_000;

    private final HuggingFaceTokenizer tokenizer;
    private final long padId;
    private final long endOfTurnId;
    private final Path file;
    private TokenBytes bytes;

    /** Token ids of a text, right-padded, and how many of them are no padding. */
    public record Tokens(long[] ids, int length) {
        /** Cut to the shortest multiple of {@code multiple} that holds every token that is no padding. */
        public Tokens trimmed(int multiple) {
            int padded = Math.min(ids.length, Math.max(1, Math.ceilDiv(length, multiple)) * multiple);
            return new Tokens(Arrays.copyOf(ids, padded), length);
        }
    }

    private QwenTokenizer(Path file, HuggingFaceTokenizer tokenizer, long padId, long endOfTurnId) {
        this.file = file;
        this.tokenizer = tokenizer;
        this.padId = padId;
        this.endOfTurnId = endOfTurnId;
    }

    /**
     * Reads {@code tokenizer.json} and {@code tokenizer_config.json} of {@code folder}.
     *
     * @throws EngineException when a file is missing, too large or not understood
     */
    public static QwenTokenizer open(Path folder) {
        Path file = folder.resolve("tokenizer.json");
        JsonConfig config = JsonConfig.read(folder.resolve("tokenizer_config.json"));
        String pad = tokenText(config, "pad_token", "<|endoftext|>");
        String end = tokenText(config, "eos_token", "<|im_end|>");
        ForeignFiles.refuse(file, "the tokenizer");
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new EngineException(
                        file + ": " + Files.size(file) + " bytes; at most " + MAX_BYTES + " are read");
            }
            HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.builder()
                    .optTokenizerPath(file)
                    .optPadding(false)
                    .optTruncation(false)
                    .build();
            return new QwenTokenizer(file, tokenizer, id(file, tokenizer, pad), id(file, tokenizer, end));
        } catch (IOException e) {
            throw new EngineException(file + ": cannot be read: " + Reasons.of(e), e);
        } catch (EngineException e) {
            throw e;
        } catch (RuntimeException e) {
            JsonConfig.read(file);
            throw new EngineException(
                    file + ": valid JSON, but no tokenizer as Hugging Face's tokenizers library writes it", e);
        }
    }

    /** A special token is a text, or an object with {@code content}. */
    private static String tokenText(JsonConfig config, String key, String absent) {
        try {
            return config.string(key, absent);
        } catch (EngineException e) {
            return config.object(key).string("content", absent);
        }
    }

    private static long id(Path file, HuggingFaceTokenizer tokenizer, String token) {
        long[] ids = tokenizer.encode(token, false, false).getIds();
        if (ids.length != 1) {
            throw new EngineException(file + ": '" + token + "' is no single token");
        }
        return ids[0];
    }

    /**
     * The prompt as one user turn with thinking off, as Qwen3's chat template writes it: what the image model was trained on.
     *
     * @param maxLength tokens; longer texts are cut at the end, shorter ones padded
     */
    public Tokens encodePrompt(String prompt, int maxLength) {
        long[] ids = encode(chat(null, prompt));
        int length = Math.min(ids.length, maxLength);
        long[] padded = Arrays.copyOf(ids, maxLength);
        Arrays.fill(padded, length, maxLength, padId);
        return new Tokens(padded, length);
    }

    /** A chat of one user turn that waits for the answer, thinking off. @param system may be null */
    public static String chat(String system, String user) {
        String before = system == null ? "" : "<|im_start|>system\n" + system + "<|im_end|>\n";
        return before + "<|im_start|>user\n" + user + "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";
    }

    /**
     * A conversation that waits for the assistant's next turn, thinking off.
     *
     * @param turns with special tokens in them as text, if at all
     */
    static String chat(List<ChatTurn> turns) {
        StringBuilder chat = new StringBuilder();
        for (ChatTurn turn : turns) {
            chat.append("<|im_start|>")
                    .append(turn.role().name().toLowerCase(Locale.ROOT))
                    .append('\n')
                    .append(turn.text())
                    .append("<|im_end|>\n");
        }
        return chat.append("<|im_start|>assistant\n<think>\n\n</think>\n\n").toString();
    }

    /** Ids of {@code text}; special tokens written in it count as such. */
    public long[] encode(String text) {
        Encoding encoding = tokenizer.encode(text);
        return encoding.getIds();
    }

    /** The text of {@code ids} without special tokens. */
    public String decode(long[] ids) {
        return tokenizer.decode(ids, true);
    }

    /** What each token writes; read when it is first asked for. */
    synchronized TokenBytes bytes() {
        if (bytes == null) {
            bytes = TokenBytes.read(file);
        }
        return bytes;
    }

    /** The token that ends an answer. */
    public long endOfTurnId() {
        return endOfTurnId;
    }

    public long padId() {
        return padId;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
