package dev.atelier.world;

import dev.atelier.world.scene.Scene;

/** Two scenes and the words that lead from one to the other. */
record Change(Scene from, Scene to, String instruction) {}
