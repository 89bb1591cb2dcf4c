package dev.atelier.training.world;

import dev.atelier.training.world.caption.Caption;
import dev.atelier.training.world.scene.Scene;

/** A scene and words for it: one example of text to image. */
public record Sample(Scene scene, Caption caption) {}
