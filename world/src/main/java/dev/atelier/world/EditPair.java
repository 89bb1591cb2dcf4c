package dev.atelier.world;

import dev.atelier.world.caption.Language;
import dev.atelier.world.scene.Scene;

/** A scene before and after a change, and the instruction that asks for it. */
public record EditPair(EditKind kind, Scene source, Scene target, String instruction, Language language) {}
