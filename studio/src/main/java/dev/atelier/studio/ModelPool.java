package dev.atelier.studio;

import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.ImagePipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loaded models, within a budget of memory: a model is loaded when it is first needed and stays until the room is needed for
 * another; the one unused longest goes first.
 */
public final class ModelPool implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ModelPool.class);

    private final PipelineOpener opener;
    private final long budget;
    private final Map<String, Loaded> loaded = new LinkedHashMap<>(8, 0.75f, true);

    private record Loaded(ImagePipeline pipeline, long bytes) {}

    /** @param budget bytes of weights that are kept loaded; one model is loaded in any case */
    public ModelPool(PipelineOpener opener, long budget) {
        this.opener = opener;
        this.budget = budget;
    }

    /**
     * The loaded model of this name. Whoever works with it calls this again only when that work is done: the call may close models
     * that it returned before.
     *
     * @param folder of the model; asked only when it has to be loaded
     * @throws RuntimeException when it cannot be loaded, with the reason
     */
    public synchronized ImagePipeline get(String name, Supplier<Path> folder, EngineOptions options) {
        Loaded present = loaded.get(name);
        if (present != null) {
            return present.pipeline();
        }
        Path source = folder.get();
        long bytes = weightBytes(source, options.precision());
        makeRoom(bytes);
        long start = System.nanoTime();
        ImagePipeline pipeline = opener.open(source, options);
        log.info(
                "model {} is loaded from {} ({} parameters, {}, {}) in {} ms",
                name,
                source,
                pipeline.info().parameters(),
                pipeline.info().precision(),
                pipeline.info().device(),
                (System.nanoTime() - start) / 1_000_000);
        loaded.put(name, new Loaded(pipeline, bytes));
        return pipeline;
    }

    /** Bytes of weights that are loaded. */
    public synchronized long bytes() {
        return loaded.values().stream().mapToLong(Loaded::bytes).sum();
    }

    /** Bytes that a folder's weights take in memory. Safetensors hold 16 bits a weight as a rule, or 32; a GGUF 4 to 8. */
    public static long weightBytes(Path folder, Precision precision) {
        long stored = bytes(folder, ".safetensors");
        long quantised = bytes(folder, ".gguf");
        return switch (precision) {
            case STORED -> stored + quantised;
            case FP32 -> stored * 2 + quantised * 7;
            case INT8 -> stored / 2 + quantised * 2;
        };
    }

    private static long bytes(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void makeRoom(long needed) {
        Iterator<Map.Entry<String, Loaded>> oldest = loaded.entrySet().iterator();
        while (bytes() + needed > budget && oldest.hasNext()) {
            Map.Entry<String, Loaded> evicted = oldest.next();
            oldest.remove();
            evicted.getValue().pipeline().close();
            log.info("model {} is unloaded to make room for {} bytes of weights", evicted.getKey(), needed);
        }
    }

    @Override
    public synchronized void close() {
        loaded.values().forEach(model -> model.pipeline().close());
        loaded.clear();
    }
}
