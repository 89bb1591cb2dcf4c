package dev.atelier.world.scene;

/** The place of a scene: all that is there before its subjects. */
public sealed interface Setting permits Landscape, Studio, Room, Sheet, Chart {}
