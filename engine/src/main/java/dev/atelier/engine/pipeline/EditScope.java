package dev.atelier.engine.pipeline;

import dev.atelier.engine.image.Picture;

/**
 * What of the first reference an edit may change.
 *
 * @param mask white where it may change, black where every byte of it stays, grey between; of any size, stretched over the reference; null:
 *     it may change everywhere
 * @param strength how far from the reference, 0 (not at all) to 1 (made from noise alone); negative: the model's default, which is 1
 */
public record EditScope(Picture mask, double strength) {
    /** Everything may change in any way. */
    public static final EditScope FREE = new EditScope(null, -1);

    public EditScope {
        if (Double.isNaN(strength) || strength > 1) {
            throw new IllegalArgumentException("strength: " + strength + " is not in 0 to 1");
        }
        strength = strength < 0 ? -1 : strength;
    }

    /** Whether the reference's own pixels are the start of the edit, not only something to look at. */
    public boolean bound() {
        return mask != null || effectiveStrength() < 1;
    }

    /** The strength with the default filled in, 0 to 1. */
    public double effectiveStrength() {
        return strength < 0 ? 1 : strength;
    }
}
