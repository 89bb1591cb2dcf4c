package dev.atelier.training.world;

import dev.atelier.training.world.caption.Language;
import dev.atelier.training.world.scene.Scene;

/** A scene before and after a change, and the instruction that asks for it. */
public record EditPair(EditKind kind, Scene source, Scene target, String instruction, Language language) {}
