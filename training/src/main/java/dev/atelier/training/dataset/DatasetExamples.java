package dev.atelier.training.dataset;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureSize;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Examples of a user's dataset, cut to squares: the first round shows the middle of every picture, later ones other parts. Entries
 * without references teach text to image, with one an edit, with two a composition; every picture can be made again. Pictures that
 * turn out unusable are counted in the dataset's {@link PictureDataset#skipped} once, and the next one stands in.
 */
public final class DatasetExamples implements ExampleSource {
    private final PictureDataset dataset;
    private final long seed;
    private final Map<Task, List<CaptionedPicture>> entries = new EnumMap<>(Task.class);
    private final Set<PictureSource> unusable = ConcurrentHashMap.newKeySet();

    /** @param seed of the parts that later rounds show */
    public DatasetExamples(PictureDataset dataset, long seed) {
        this.dataset = dataset;
        this.seed = seed;
        entries.put(Task.TEXT_TO_IMAGE, withReferences(0));
        entries.put(Task.EDIT, withReferences(1));
        entries.put(Task.COMPOSE, withReferences(2));
        entries.put(Task.REPEAT, dataset.entries());
        entries.values().removeIf(List::isEmpty);
    }

    private List<CaptionedPicture> withReferences(int count) {
        return dataset.entries().stream()
                .filter(entry -> entry.references().size() == count)
                .toList();
    }

    @Override
    public Set<Task> tasks() {
        return EnumSet.copyOf(entries.keySet());
    }

    @Override
    public String prompt(Task task, int references, long index, long seed) {
        List<CaptionedPicture> all = entries(task);
        return all.get(Math.floorMod(index, all.size())).caption();
    }

    /** @throws IllegalStateException when no picture of this kind can be used */
    @Override
    public Example example(Task task, int references, long index, int size) {
        List<CaptionedPicture> all = entries(task);
        int first = Math.floorMod(index, all.size());
        int round = Math.toIntExact(Math.floorDiv(index, (long) all.size()) & Integer.MAX_VALUE);
        for (int i = 0; i < all.size(); i++) {
            int at = (first + i) % all.size();
            CaptionedPicture entry = all.get(at);
            if (!unusable.contains(entry.picture())) {
                try {
                    return example(task, entry, Crop.of(round, seed * 31 + at), new PictureSize(size, size));
                } catch (SkippedException e) {
                    if (unusable.add(entry.picture())) {
                        dataset.skipped().add(entry.name(), e);
                    }
                }
            }
        }
        throw new IllegalStateException("data: no picture can be used: "
                + String.join("; ", dataset.skipped().lines()));
    }

    private List<CaptionedPicture> entries(Task task) {
        List<CaptionedPicture> all = entries.get(task);
        if (all == null) {
            throw new IllegalArgumentException("data: it has no examples of " + task);
        }
        return all;
    }

    private static Example example(Task task, CaptionedPicture entry, Crop crop, PictureSize size)
            throws SkippedException {
        Picture target = crop.cover(entry.picture().read(), size);
        if (task == Task.REPEAT) {
            return new Example(List.of(target), target, Repetition::prompt);
        }
        List<Picture> references = new ArrayList<>();
        for (PictureSource source : entry.references()) {
            references.add(crop.cover(source.read(), size));
        }
        return new Example(references, target, _ -> entry.caption());
    }
}
