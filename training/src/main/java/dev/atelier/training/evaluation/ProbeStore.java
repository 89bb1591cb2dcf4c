package dev.atelier.training.evaluation;

import dev.atelier.engine.image.Picture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.AbstractList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/**
 * Rendered scenes, their pixels in a file that is mapped into memory and gone when this is closed: those for a probe of many nouns are
 * more than a heap holds.
 */
final class ProbeStore extends AbstractList<ProbeScenes.Labelled> implements AutoCloseable {
    private static final int BYTES = ProbeNetwork.SIDE * ProbeNetwork.SIDE * 3;

    private final FileChannel file;
    private final Arena arena;
    private final MemorySegment pixels;
    private final int[][] labels;

    private ProbeStore(FileChannel file, int count) throws IOException {
        this.file = file;
        arena = Arena.ofShared();
        pixels = file.map(FileChannel.MapMode.READ_WRITE, 0, (long) count * BYTES, arena);
        labels = new int[count][];
    }

    /**
     * The first {@code count} scenes, rendered on all cores.
     *
     * @param folder where the file is meanwhile; made if it is not there
     * @param progress hears the share that is done
     */
    static ProbeStore render(Path folder, ProbeScenes scenes, int count, DoubleConsumer progress) {
        try {
            Files.createDirectories(folder);
            Path place = Files.createTempFile(folder, "scenes", ".raw");
            ProbeStore store = new ProbeStore(
                    FileChannel.open(
                            place,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE),
                    count);
            AtomicInteger done = new AtomicInteger();
            IntStream.range(0, count).parallel().forEach(index -> {
                store.put(index, scenes.scene(index));
                progress.accept((double) done.incrementAndGet() / count);
            });
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(int index, ProbeScenes.Labelled scene) {
        MemorySegment.copy(scene.picture().toBytes(), 0, pixels, ValueLayout.JAVA_BYTE, (long) index * BYTES, BYTES);
        labels[index] = scene.labels();
    }

    @Override
    public ProbeScenes.Labelled get(int index) {
        byte[] rgb = new byte[BYTES];
        MemorySegment.copy(pixels, ValueLayout.JAVA_BYTE, (long) index * BYTES, rgb, 0, BYTES);
        return new ProbeScenes.Labelled(new Picture(ProbeNetwork.SIDE, ProbeNetwork.SIDE, rgb), labels[index]);
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public void close() {
        arena.close();
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
