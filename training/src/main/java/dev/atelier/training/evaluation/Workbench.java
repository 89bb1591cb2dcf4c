package dev.atelier.training.evaluation;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.world.World;
import dev.atelier.world.render.SceneRenderer;
import dev.atelier.world.scene.Scene;
import java.util.List;

/**
 * What every part of an evaluation works with.
 *
 * @param thread where probe, autoencoder and statistics run
 * @param autoencoder the model's own, alone
 */
record Workbench(
        EvaluationSettings settings,
        HeldOut heldOut,
        ModelUnderTest model,
        DeviceThread thread,
        AttributeProbe probe,
        RoundTrip autoencoder) {
    /** The world of the settings with only the families asked for. */
    World world() {
        return World.of(HeldOut.only(settings.world(), settings.families()));
    }

    Picture render(Scene scene) {
        return SceneRenderer.render(scene, model.side(), model.side());
    }

    /** On all cores, in order. */
    List<Picture> render(List<Scene> scenes) {
        return scenes.parallelStream().map(this::render).toList();
    }

    List<Reading> readRenders(List<Scene> scenes) {
        return probe.read(render(scenes));
    }
}
