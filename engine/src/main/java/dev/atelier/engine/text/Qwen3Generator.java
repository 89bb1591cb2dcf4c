package dev.atelier.engine.text;

import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.text.grammar.GrammarState;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** Writes text with Qwen3, token by token, greedily or sampled, free or held to a grammar. Runs on the device's thread. */
final class Qwen3Generator {
    private static final int NONE = -1;

    private final Qwen3Model model;
    private final QwenTokenizer tokenizer;

    Qwen3Generator(Qwen3Model model, QwenTokenizer tokenizer) {
        this.model = model;
        this.tokenizer = tokenizer;
    }

    /**
     * Continues {@code text} until the end of the turn, the bound, or a stop.
     *
     * @param text with special tokens written out, as {@link QwenTokenizer#chat} makes it
     * @param mostRead tokens that the text may have
     * @return the new text alone
     * @throws TooLongException when the text is longer
     */
    Written write(String text, int mostRead, Writing writing) {
        long[] prompt = tokenizer.encode(text);
        if (prompt.length > mostRead) {
            throw new TooLongException(prompt.length, mostRead);
        }
        return write(prompt, writing, _ -> {});
    }

    /**
     * As {@link #write(String, int, Writing)} on ids.
     *
     * @param written is given each new token but the one that ends the turn
     */
    Written write(long[] prompt, Writing writing, IntConsumer written) {
        SplittableRandom random = new SplittableRandom(writing.sampling().seed());
        TokenBytes bytes = tokenizer.bytes();
        GrowingText text = new GrowingText(writing.listener());
        GrammarState place = writing.grammar();
        Written.End end = Written.End.LENGTH;
        int count = 0;
        try (Qwen3Cache cache = model.newCache(prompt.length + writing.maxTokens())) {
            long[] next = prompt;
            while (count < writing.maxTokens()) {
                if (writing.stop().getAsBoolean()) {
                    end = Written.End.STOPPED;
                    break;
                }
                int token = next(logits(next, cache), writing.sampling(), random, place, bytes);
                if (token == NONE || isEnd(token)) {
                    end = Written.End.ENDED;
                    break;
                }
                count++;
                written.accept(token);
                byte[] piece = bytes.of(token);
                text.add(piece);
                if (place != null) {
                    place = place.after(piece);
                    if (place.isComplete()) {
                        end = Written.End.ENDED;
                        break;
                    }
                }
                next = new long[] {token};
            }
        }
        if (place != null && end != Written.End.STOPPED) {
            text.finish(place);
        }
        return new Written(text.end(), prompt.length, count, end);
    }

    private float[] logits(long[] input, Qwen3Cache cache) {
        return Scopes.plain(() -> {
            Tensor ids = Tensors.to(Tensors.of(input, 1, input.length), model.device());
            return Tensors.toFloats(model.nextLogits(ids, cache));
        });
    }

    /**
     * The next token; {@link #NONE} when the vocabulary has none that the grammar allows. The model's own choice is tried first: it is
     * allowed nearly always, and where it is not, choosing among the allowed ones alone gives each of them its share.
     */
    private int next(
            float[] logits, TokenSampling sampling, SplittableRandom random, GrammarState place, TokenBytes bytes) {
        int token = choose(logits, sampling, random);
        if (place == null || allows(place, token, bytes)) {
            return token;
        }
        float[] allowed = new float[logits.length];
        boolean any = false;
        for (int id = 0; id < logits.length; id++) {
            boolean fits = allows(place, id, bytes);
            allowed[id] = fits ? logits[id] : Float.NEGATIVE_INFINITY;
            any |= fits;
        }
        return any ? choose(allowed, sampling, random) : NONE;
    }

    private boolean allows(GrammarState place, int token, TokenBytes bytes) {
        byte[] piece = bytes.of(token);
        return piece != null ? place.after(piece) != null : isEnd(token) && place.isComplete();
    }

    private boolean isEnd(int token) {
        return token == tokenizer.endOfTurnId() || token == tokenizer.padId();
    }

    static int choose(float[] logits, TokenSampling sampling, SplittableRandom random) {
        if (sampling.temperature() == 0) {
            return IntStream.range(0, logits.length)
                    .reduce((a, b) -> logits[b] > logits[a] ? b : a)
                    .orElseThrow();
        }
        int[] order = IntStream.range(0, logits.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -logits[i]))
                .mapToInt(Integer::intValue)
                .limit(sampling.topK() == 0 ? logits.length : sampling.topK())
                .toArray();
        double[] weights = Arrays.stream(order)
                .mapToDouble(i -> Math.exp((logits[i] - logits[order[0]]) / sampling.temperature()))
                .toArray();
        double total = Arrays.stream(weights).sum();
        int kept = 0;
        double mass = 0;
        while (kept < weights.length && (kept == 0 || mass < sampling.topP() * total)) {
            mass += weights[kept++];
        }
        double pick = random.nextDouble() * mass;
        for (int i = 0; i < kept; i++) {
            pick -= weights[i];
            if (pick < 0) {
                return order[i];
            }
        }
        return order[kept - 1];
    }
}
