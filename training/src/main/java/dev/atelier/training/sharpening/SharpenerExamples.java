package dev.atelier.training.sharpening;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureTensors;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.vae.Autoencoder;
import dev.atelier.training.dataset.Example;
import dev.atelier.training.dataset.ExampleSource;
import dev.atelier.training.dataset.Task;
import dev.atelier.training.loop.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.pytorch.Tensor;

/**
 * Sharp and coarse latents of rendered pictures. Which picture an index stands for, and how it is made coarse, follows from the seed and
 * the index alone. The latest ones are kept in half precision.
 */
final class SharpenerExamples implements AutoCloseable {
    private final ExampleSource source;
    private final Autoencoder transform;
    private final CoarsePictures coarse;
    private final Device device;
    private final long seed;
    private final int size;
    private final int kept;
    private final ExecutorService workers;
    private final Map<Key, Future<Example>> rendering = new HashMap<>();
    private final Map<Key, Encoded> cache = new LinkedHashMap<>(16, 0.75f, true);
    private double waitedSeconds;

    /** Which picture. */
    record Key(Task task, long index) {}

    /** (1, C, h, w) each, in half precision. */
    record Encoded(Tensor sharp, Tensor coarse, List<Tensor> references, String prompt) {
        void close() {
            sharp.close();
            coarse.close();
            Scopes.close(references);
        }
    }

    /**
     * @param transform the sharpener's own
     * @param size pixels a side
     * @param kept pictures at most
     */
    SharpenerExamples(
            ExampleSource source, Autoencoder transform, CoarsePictures coarse, Device device, Settings settings) {
        this.source = source;
        this.transform = transform;
        this.coarse = coarse;
        this.device = device;
        seed = settings.seed();
        size = settings.size();
        kept = settings.kept();
        workers = Executors.newFixedThreadPool(
                settings.threads(),
                Thread.ofPlatform()
                        .name("render-", 0)
                        .daemon()
                        .priority(Thread.MIN_PRIORITY)
                        .factory());
    }

    /** @param size pixels a side @param kept pictures at most @param threads that render */
    record Settings(long seed, int size, int kept, int threads) {}

    /** Lets the pictures be rendered that are not at hand. */
    void prepare(List<Key> keys) {
        keys.stream()
                .filter(key -> !cache.containsKey(key))
                .forEach(key -> rendering.computeIfAbsent(key, _ -> workers.submit(() -> example(key))));
    }

    private Example example(Key key) {
        return source.example(key.task(), key.task().references(0), key.index(), size);
    }

    /** Valid until {@code kept} other pictures were asked for. */
    Encoded get(Key key) {
        Encoded known = cache.get(key);
        if (known != null) {
            return known;
        }
        Future<Example> rendered = rendering.remove(key);
        long start = System.nanoTime();
        Example example = rendered == null ? example(key) : wait(rendered);
        waitedSeconds += (System.nanoTime() - start) / 1e9;
        Encoded made = encode(key, example);
        cache.put(key, made);
        if (cache.size() > kept) {
            cache.remove(cache.keySet().iterator().next()).close();
        }
        return made;
    }

    private Encoded encode(Key key, Example example) {
        SplittableRandom random = Seeds.RECONSTRUCTION.random(
                seed, key.index() * Task.values().length + key.task().ordinal());
        String prompt = example.prompts().apply(random.nextLong(Long.MAX_VALUE));
        List<Tensor> references = new ArrayList<>();
        example.references().forEach(reference -> references.add(latents(image(reference))));
        Tensor soft = Scopes.owned(
                () -> half(transform.encode(coarse.of(example.target(), example.references(), prompt, random))));
        return new Encoded(latents(image(example.target())), soft, references, prompt);
    }

    private Tensor image(Picture picture) {
        return Tensors.to(PictureTensors.toTensor(picture), device);
    }

    private Tensor latents(Tensor image) {
        Tensor made = Scopes.owned(() -> half(transform.encode(image)));
        image.close();
        return made;
    }

    private static Tensor half(Tensor tensor) {
        return Tensors.to(tensor, DType.BF16);
    }

    private static Example wait(Future<Example> rendered) {
        try {
            return rendered.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an example could not be made: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for an example", e);
        }
    }

    /** Seconds spent waiting for pictures so far. */
    double waitedSeconds() {
        return waitedSeconds;
    }

    @Override
    public void close() {
        workers.shutdownNow();
        cache.values().forEach(Encoded::close);
        cache.clear();
    }
}
