package dev.atelier.world;

import dev.atelier.world.render.SceneRenderer;
import dev.atelier.world.scene.Family;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Scenes rendered a second: {@code WorldSpeed FAMILY|all SIDE THREADS SECONDS}, first with no drawing rasterised yet, then, from the
 * same scenes, with those that memory holds.
 */
public final class WorldSpeed {
    private WorldSpeed() {}

    public static void main(String[] args) {
        int side = Integer.parseInt(args[1]);
        int threads = Integer.parseInt(args[2]);
        double seconds = Double.parseDouble(args[3]);
        WorldConfig full = WorldConfig.full();
        Map<Family, Double> families = new EnumMap<>(full.families());
        if (!args[0].equals("all")) {
            families.keySet().removeIf(family -> !family.name().equals(args[0]));
        }
        World world =
                World.of(new WorldConfig(families, full.styles(), full.captionForms(), 0.35, Set.of(), 3, List.of()));
        int scenes = run(world, side, threads, seconds, Integer.MAX_VALUE, "first time");
        run(world, side, threads, 10 * seconds, scenes, "again");
    }

    private static int run(World world, int side, int threads, double seconds, int most, String label) {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        long start = System.nanoTime();
        List<Thread> running = IntStream.range(0, threads)
                .mapToObj(_ -> Thread.ofPlatform().start(() -> {
                    while (System.nanoTime() - start < seconds * 1e9) {
                        int seed = next.getAndIncrement();
                        if (seed >= most) {
                            return;
                        }
                        SceneRenderer.render(world.scene(seed), side, side);
                        done.incrementAndGet();
                    }
                }))
                .toList();
        for (Thread thread : running) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        double spent = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%s: %d scenes of %d px in %.1f s, %.1f a second%n",
                label, done.get(), side, spent, done.get() / spent);
        return done.get();
    }
}
