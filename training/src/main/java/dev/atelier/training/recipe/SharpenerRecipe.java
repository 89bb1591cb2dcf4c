package dev.atelier.training.recipe;

/**
 * The section {@code sharpener} of a recipe: a second network that sharpens what the model draws.
 *
 * @param size pixels a side of the pictures that it learns from; a multiple of {@code patchSize}
 * @param patchSize pixels a side of one of its tokens
 * @param channels of one of its tokens
 * @param pictures rendered to fit its patch transform on
 * @param variancePower as {@link AutoencoderRecipe.PatchTransform} has it
 * @param noise level where it begins
 * @param steps from there to 0 in finished models
 * @param window tokens a side of what it sees at once
 * @param renders pictures a step
 * @param windows of each of them
 * @param fresh of them never seen before
 * @param pool pictures that the others are drawn from: the latest so many
 * @param editShare share of steps whose pictures are edits, with their source as a reference
 * @param glyphShare share of steps whose pictures carry letters, with the letters alone as a reference; left out: 0
 * @param adamRate AdamW's learning rate
 * @param muonRate Muon's
 */
public record SharpenerRecipe(
        int size,
        int patchSize,
        int channels,
        int pictures,
        double variancePower,
        double noise,
        int steps,
        int window,
        int renders,
        int windows,
        int fresh,
        int pool,
        double editShare,
        Double glyphShare,
        double adamRate,
        double muonRate) {
    public SharpenerRecipe {
        Bounds.atLeast("sharpener.patch_size", patchSize, 4);
        Bounds.between("sharpener.channels", channels, 1, 3 * patchSize * patchSize);
        Bounds.atLeast("sharpener.pictures", pictures, 1);
        Bounds.between("sharpener.variance_power", variancePower, 0, 1);
        Bounds.between("sharpener.noise", noise, 0.05, 0.95);
        Bounds.between("sharpener.steps", steps, 1, 100);
        Bounds.atLeast("sharpener.window", window, 1);
        Bounds.atLeast("sharpener.renders", renders, 1);
        Bounds.atLeast("sharpener.windows", windows, 1);
        Bounds.between("sharpener.fresh", fresh, 0, renders);
        Bounds.atLeast("sharpener.pool", pool, renders);
        Bounds.between("sharpener.edit_share", editShare, 0, 1);
        glyphShare = glyphShare == null ? 0 : glyphShare;
        Bounds.between("sharpener.glyph_share", glyphShare, 0, 1 - editShare);
        Bounds.above("sharpener.adam_rate", adamRate, 0);
        Bounds.atLeast("sharpener.muon_rate", muonRate, 0);
        if (size < patchSize * window || size % patchSize != 0) {
            throw new IllegalArgumentException("sharpener.size: " + size + "; a multiple of a token's " + patchSize
                    + " pixels and at least a window of " + window + " tokens expected");
        }
    }
}
