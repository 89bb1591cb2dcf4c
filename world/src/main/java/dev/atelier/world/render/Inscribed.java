package dev.atelier.world.render;

import dev.atelier.engine.image.Picture;

/**
 * A picture that carries letters.
 *
 * @param letters the same letters alone, black on white, at the same place and in the same perspective
 */
public record Inscribed(Picture picture, Picture letters) {}
