package dev.atelier.world;

import dev.atelier.world.caption.Caption;
import dev.atelier.world.scene.Scene;

/** A scene and words for it: one example of text to image. */
public record Sample(Scene scene, Caption caption) {}
