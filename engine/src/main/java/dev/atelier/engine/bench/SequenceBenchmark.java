package dev.atelier.engine.bench;

import dev.atelier.engine.dit.ReferenceCache;
import dev.atelier.engine.generation.GenerationStages;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;

/**
 * What the reference cache saves in a sequence: seconds of shot k with the k - 1 shots before it as references, once with their keys and
 * values computed once, once with their tokens in every step. Decoding, which is the same in both, is left out.
 */
public final class SequenceBenchmark {
    private static final String PROMPT = "a lighthouse on a cliff, the same lighthouse as in the earlier pictures";

    private final GenerationStages stages;
    private final BenchmarkOptions options;

    /**
     * Seconds of one shot.
     *
     * @param shot from 1
     * @param cached steps, and its own keys and values for the shots after it
     * @param uncached steps over its own and all earlier shots' tokens
     */
    public record Row(int shot, double cached, double uncached) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "shot %2d  cached %.3f s  uncached %.3f s  ratio %.2f",
                    shot,
                    cached,
                    uncached,
                    uncached / cached);
        }
    }

    private SequenceBenchmark(GenerationStages stages, BenchmarkOptions options) {
        this.stages = stages;
        this.options = options;
    }

    /**
     * Loads the model and makes {@code shots} shots both ways.
     *
     * @param shots 1 to {@value ImageRequest#MAX_IMAGES}
     * @param progress hears each row as it is measured
     * @throws IllegalArgumentException when {@code shots} is out of bounds
     */
    public static List<Row> run(BenchmarkOptions options, int shots, Consumer<String> progress) {
        if (shots < 1 || shots > ImageRequest.MAX_IMAGES) {
            throw new IllegalArgumentException(
                    "sequence: " + shots + " shots; 1 to " + ImageRequest.MAX_IMAGES + " are allowed");
        }
        return GenerationStages.with(
                options.model(),
                options.engine(),
                List.of(),
                stages -> new SequenceBenchmark(stages, options).rows(shots, progress));
    }

    private List<Row> rows(int shots, Consumer<String> progress) {
        // The first pictures read the weights, encode the prompt and let the virtual machine compile.
        row(1, () -> withCache(1, ReferenceCache.EMPTY).close(), () -> withoutCache(1, List.of()));
        List<Row> rows = new ArrayList<>();
        List<Tensor> earlier = new ArrayList<>();
        ReferenceCache cache = ReferenceCache.EMPTY;
        try {
            for (int k = 1; k <= shots; k++) {
                ReferenceCache seen = cache;
                int shot = k;
                rows.add(row(k, () -> withCache(shot, seen).close(), () -> withoutCache(shot, earlier)));
                Grown grown = withCache(k, seen);
                seen.close();
                cache = grown.cache();
                earlier.add(grown.latents());
                progress.accept(rows.getLast().toString());
            }
        } finally {
            cache.close();
            Scopes.close(earlier);
        }
        return rows;
    }

    /** A shot's latents, and the cache with them. */
    private record Grown(Tensor latents, ReferenceCache cache) implements AutoCloseable {
        @Override
        public void close() {
            latents.close();
            cache.close();
        }
    }

    private Grown withCache(int shot, ReferenceCache seen) {
        Tensor latents = Scopes.owned(() -> stages.latents(request(shot), List.of(), seen));
        return new Grown(
                latents,
                stages.extend(seen, List.of(latents), shot - 1, stages.defaultGuidanceScale())
                        .owned());
    }

    private void withoutCache(int shot, List<Tensor> earlier) {
        Scopes.run(() -> Tensors.toFloats(stages.latents(request(shot), List.copyOf(earlier), ReferenceCache.EMPTY)));
    }

    /** Both ways by turns, the quickest of the rounds of each: other work on the machine only adds to it. */
    private Row row(int shot, Runnable withCache, Runnable withoutCache) {
        double cached = Double.POSITIVE_INFINITY;
        double uncached = Double.POSITIVE_INFINITY;
        for (int i = 0; i < options.rounds(); i++) {
            cached = Math.min(cached, seconds(withCache));
            uncached = Math.min(uncached, seconds(withoutCache));
        }
        return new Row(shot, cached, uncached);
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private ImageRequest request(int seed) {
        return ImageRequest.of(PROMPT, seed).toBuilder()
                .size(options.width(), options.height())
                .steps(options.steps())
                .build();
    }
}
