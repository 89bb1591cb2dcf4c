package dev.atelier.training.evaluation;

import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.world.World;
import dev.atelier.world.WorldConfig;
import dev.atelier.world.render.SceneRenderer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;

/**
 * Probes that were trained before, one folder each under a common one, named by a fingerprint of all that they follow from: the
 * settings, the shape of the network and what the world draws (some scenes are rendered to see whether it still draws the same).
 */
final class ProbeCache {
    /** Changes with the network and its training, which no rendered scene shows. */
    private static final int VERSION = 3;

    /** Share of the time of a training that its scenes take to render, about. */
    private static final double RENDERING = 0.25;

    private static final int WITNESSES = 16;
    private static final int WITNESS_SIDE = 32;

    private final Path folder;

    ProbeCache(Path folder) {
        this.folder = folder;
    }

    /** Whether a probe of these settings was trained. */
    boolean has(ProbeSettings settings) {
        return Files.exists(folder(settings).resolve("probe.safetensors"));
    }

    /** The probe of these settings, trained first if there is none. @param progress hears the share of the training done */
    AttributeProbe open(DeviceThread thread, ProbeSettings settings, boolean anew, DoubleConsumer progress) {
        Path place = folder(settings);
        if (anew || !has(settings)) {
            ProbeScenes scenes = new ProbeScenes(settings.world(), settings.seed());
            try (ProbeStore examples =
                    ProbeStore.render(folder, scenes, settings.scenes(), share -> progress.accept(RENDERING * share))) {
                thread.callWithGradients(() -> {
                    new ProbeTraining(examples, settings.budget(), settings.seed())
                            .train(
                                    place.resolve("probe.safetensors"),
                                    (used, _) -> progress.accept(RENDERING + (1 - RENDERING) * used));
                    return null;
                });
            }
        }
        return AttributeProbe.open(thread, place);
    }

    private Path folder(ProbeSettings settings) {
        return folder.resolve(fingerprint(settings).substring(0, 16));
    }

    /** SHA-256 in hexadecimal digits. */
    static String fingerprint(ProbeSettings settings) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String words = String.join(
                    "|",
                    Integer.toString(VERSION),
                    describe(settings.world()),
                    Integer.toString(settings.scenes()),
                    settings.budget().toString(),
                    Long.toString(settings.seed()));
            digest.update(words.getBytes(StandardCharsets.UTF_8));
            World world = World.of(settings.world());
            for (int seed = 0; seed < WITNESSES; seed++) {
                digest.update(SceneRenderer.render(world.scene(seed), WITNESS_SIDE, WITNESS_SIDE)
                        .toBytes());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java lacks SHA-256", e);
        }
    }

    /** The same words for the same world in every process, in which the order of sets differs. */
    private static String describe(WorldConfig world) {
        String excluded = world.excluded().stream()
                .map(term -> term.getClass().getSimpleName() + "." + term.name())
                .sorted()
                .collect(Collectors.joining(","));
        return new TreeMap<>(world.families()) + " " + new TreeMap<>(world.styles()) + " " + excluded + " "
                + world.maxThings();
    }
}
