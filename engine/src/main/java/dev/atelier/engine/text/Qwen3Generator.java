package dev.atelier.engine.text;

import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** Writes text with Qwen3, token by token, greedily or sampled. Runs on the device's thread. */
final class Qwen3Generator {
    private final Qwen3Model model;
    private final QwenTokenizer tokenizer;

    Qwen3Generator(Qwen3Model model, QwenTokenizer tokenizer) {
        this.model = model;
        this.tokenizer = tokenizer;
    }

    /**
     * Continues {@code text} until the end of the turn, {@code maxTokens} or {@code stop}.
     *
     * @param text with special tokens written out, as {@link QwenTokenizer#chat} makes it
     * @return the new text alone
     */
    String generate(String text, int maxTokens, TokenSampling sampling, BooleanSupplier stop) {
        long[] ids = generate(tokenizer.encode(text), maxTokens, sampling, stop);
        return tokenizer.decode(ids);
    }

    /** As {@link #generate(String, int, TokenSampling, BooleanSupplier)} on ids; the end-of-turn token is not part of the result. */
    long[] generate(long[] prompt, int maxTokens, TokenSampling sampling, BooleanSupplier stop) {
        SplittableRandom random = new SplittableRandom(sampling.seed());
        long[] out = new long[maxTokens];
        int count = 0;
        try (Qwen3Cache cache = model.newCache(prompt.length + maxTokens)) {
            long[] next = prompt;
            while (count < maxTokens && !stop.getAsBoolean()) {
                long[] input = next;
                float[] logits = Scopes.plain(() -> {
                    Tensor ids = Tensors.to(Tensors.of(input, 1, input.length), model.device());
                    return Tensors.toFloats(model.nextLogits(ids, cache));
                });
                long token = choose(logits, sampling, random);
                if (token == tokenizer.endOfTurnId() || token == tokenizer.padId()) {
                    break;
                }
                out[count++] = token;
                next = new long[] {token};
            }
        }
        return Arrays.copyOf(out, count);
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
