package dev.atelier.training.evaluation;

import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.pipeline.ModelInfo;
import dev.atelier.engine.pipeline.SequenceRequest;
import dev.atelier.engine.tensor.Device;
import dev.atelier.world.ShotSequence;
import dev.atelier.world.World;
import dev.atelier.world.render.SceneRenderer;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Scene;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model that can do everything: it knows which scene each seed of an evaluation stands for, and renders it. */
final class Oracle implements ImagePipeline {
    private static final int SIDE = 64;
    private static final int MOST_TRIED = 8;

    private final Path folder;
    private final Map<Long, Scene> scenes = new HashMap<>();

    Oracle(Path folder, EvaluationSettings settings) {
        this.folder = folder;
        HeldOut heldOut = new HeldOut(settings.seed());
        World world = World.of(HeldOut.only(settings.world(), settings.families()));
        for (int i = 0; i < MOST_TRIED; i++) {
            for (Family family : settings.families()) {
                long seed = heldOut.seed("text to image " + family, i);
                know(
                        seed,
                        World.of(HeldOut.only(settings.world(), Set.of(family))).scene(seed));
            }
            know(heldOut.seed("edit", i), world.edit(heldOut.seed("edit", i)).target());
            know(heldOut.seed("combinations", i), world.heldOutScene(heldOut.seed("combinations", i)));
            World posters = World.of(HeldOut.only(settings.world(), Set.of(Family.POSTER)));
            know(heldOut.seed("words", i), posters.scene(heldOut.seed("words", i)));
            long sequenceSeed = heldOut.seed("sequence", i);
            ShotSequence sequence = world.sequence(sequenceSeed, 3);
            for (int shot = 0; shot < 3; shot++) {
                scenes.put((sequenceSeed >>> 1) + shot, sequence.shots().get(shot));
            }
        }
    }

    private void know(long seed, Scene scene) {
        scenes.put(seed & Long.MAX_VALUE, scene);
    }

    @Override
    public ModelInfo info() {
        return new ModelInfo("oracle", folder, true, 16, SIDE, 1, 1, 1, false, 0, "stored", Device.CPU);
    }

    @Override
    public List<GeneratedImage> generate(ImageRequest request, GenerationListener listener, Cancellation cancellation) {
        return List.of(image(0, request.prompt(), request.seeds().getFirst(), listener));
    }

    @Override
    public List<GeneratedImage> generateSequence(
            SequenceRequest request, GenerationListener listener, Cancellation cancellation) {
        List<GeneratedImage> out = new ArrayList<>();
        for (SequenceRequest.Shot shot : request.shots()) {
            out.add(image(out.size(), shot.prompt(), shot.seed(), listener));
        }
        return out;
    }

    private GeneratedImage image(int index, String prompt, long seed, GenerationListener listener) {
        GeneratedImage image =
                new GeneratedImage(index, SceneRenderer.render(scenes.get(seed), SIDE, SIDE), prompt, seed, 1, 1, 0);
        listener.onImage(image);
        return image;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
