package dev.atelier.training.lora;

import dev.atelier.training.loop.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * Which examples come when, a function of the seed alone: every example once an epoch, in a new order each time, in batches of one shape.
 *
 * @param <T> an example
 */
public final class BatchSchedule<T> {
    private final List<T> examples;
    private final Function<T, EncodedExample.Shape> shape;
    private final int batch;
    private final long seed;
    private final int perEpoch;
    private long epoch = -1;
    private List<List<T>> order = List.of();

    /** @param batch examples of one shape that are computed together, at most */
    public BatchSchedule(List<T> examples, Function<T, EncodedExample.Shape> shape, int batch, long seed) {
        this.shape = shape;
        this.examples = List.copyOf(examples);
        this.batch = batch;
        this.seed = seed;
        perEpoch = epoch(0).size();
    }

    /** The batch number {@code index}, from 0 over all epochs; not empty, the last of a shape may be smaller. */
    public List<T> batch(long index) {
        long wanted = index / perEpoch;
        if (wanted != epoch) {
            order = epoch(wanted);
            epoch = wanted;
        }
        return order.get((int) (index % perEpoch));
    }

    private List<List<T>> epoch(long number) {
        Random random = new Random(Seeds.PLAN.of(seed, number));
        List<T> shuffled = new ArrayList<>(examples);
        Collections.shuffle(shuffled, random);
        Map<EncodedExample.Shape, List<T>> shapes = new LinkedHashMap<>();
        shuffled.forEach(example -> shapes.computeIfAbsent(shape.apply(example), _ -> new ArrayList<>())
                .add(example));
        List<List<T>> out = new ArrayList<>();
        for (List<T> alike : shapes.values()) {
            for (int at = 0; at < alike.size(); at += batch) {
                out.add(List.copyOf(alike.subList(at, Math.min(alike.size(), at + batch))));
            }
        }
        Collections.shuffle(out, random);
        return out;
    }
}
