package dev.atelier.training.autoencoder;

import dev.atelier.engine.image.Picture;
import dev.atelier.training.dataset.ExampleSource;
import dev.atelier.training.dataset.Task;
import dev.atelier.training.loop.Seeds;
import dev.atelier.training.recipe.AutoencoderRecipe.Reconstruction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes the crops of coming steps on worker threads. Which pictures, and which piece of each, follows from the seed and the step alone,
 * so that a run that was killed sees the same ones when it goes on. Pictures are kept as long as there is room, since most are drawn
 * again.
 */
final class CropFeeder implements AutoCloseable {
    private static final int AHEAD = 4;

    /** Bytes of pictures kept at most. */
    private static final long CACHE_BYTES = 1L << 30;

    private final ExampleSource source;
    private final Reconstruction recipe;
    private final long seed;
    private final ExecutorService workers;
    private final Deque<List<Future<Picture>>> pending = new ArrayDeque<>();
    private final Map<Long, Picture> cache;
    private long nextStep;
    private double waitedSeconds;

    /** A piece of a picture; {@code x}, {@code y} its top left corner. */
    private record Crop(long index, int x, int y) {}

    CropFeeder(ExampleSource source, Reconstruction recipe, long seed, long firstStep, int threads) {
        this.source = source;
        this.recipe = recipe;
        this.seed = seed;
        nextStep = firstStep;
        long kept = CACHE_BYTES / (3L * recipe.size() * recipe.size());
        cache = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Picture> eldest) {
                return size() > kept;
            }
        };
        workers = Executors.newFixedThreadPool(
                threads,
                Thread.ofPlatform()
                        .name("crop-", 0)
                        .daemon()
                        .priority(Thread.MIN_PRIORITY)
                        .factory());
    }

    /** The crops of the next step, {@code crop} pixels a side. */
    List<Picture> take() {
        while (pending.size() < AHEAD) {
            pending.add(crops(nextStep++).stream()
                    .map(crop -> workers.submit(() -> cut(crop)))
                    .toList());
        }
        long start = System.nanoTime();
        List<Picture> out = new ArrayList<>();
        for (Future<Picture> crop : pending.removeFirst()) {
            out.add(get(crop));
        }
        waitedSeconds += (System.nanoTime() - start) / 1e9;
        return out;
    }

    private List<Crop> crops(long step) {
        SplittableRandom random = Seeds.CROPS.random(seed, step);
        long known = recipe.pool() + step * recipe.fresh();
        int room = recipe.size() - recipe.crop() + 1;
        List<Crop> out = new ArrayList<>();
        for (int i = 0; i < recipe.batch(); i++) {
            long index = i < recipe.fresh() ? known + i : known - 1 - random.nextInt(recipe.pool());
            out.add(new Crop(index, random.nextInt(room), random.nextInt(room)));
        }
        return out;
    }

    private Picture cut(Crop crop) {
        byte[] from = picture(crop.index()).toBytes();
        int side = recipe.crop();
        byte[] out = new byte[3 * side * side];
        for (int y = 0; y < side; y++) {
            System.arraycopy(from, 3 * ((crop.y() + y) * recipe.size() + crop.x()), out, 3 * y * side, 3 * side);
        }
        return new Picture(side, side, out);
    }

    private Picture picture(long index) {
        synchronized (cache) {
            Picture known = cache.get(index);
            if (known != null) {
                return known;
            }
        }
        Picture made =
                source.example(Task.TEXT_TO_IMAGE, 0, index, recipe.size()).target();
        synchronized (cache) {
            cache.put(index, made);
        }
        return made;
    }

    private static Picture get(Future<Picture> crop) {
        try {
            return crop.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a picture could not be made: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a picture", e);
        }
    }

    /** Seconds that the trainer has waited for crops so far. */
    double waitedSeconds() {
        return waitedSeconds;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
