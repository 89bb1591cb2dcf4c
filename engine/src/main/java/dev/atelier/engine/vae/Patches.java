package dev.atelier.engine.vae;

import org.bytedeco.pytorch.Tensor;

/** 2x2 patches of latents as channels, and tokens as sequences. Source: diffusers {@code pipeline_flux2_klein.py}. */
public final class Patches {
    private static final int P = AutoencoderConfig.PATCH;

    private Patches() {}

    /** (B, z, 2h, 2w) to (B, 4z, h, w); channel order (z, row, column). */
    static Tensor fold(Tensor latent) {
        long b = latent.size(0);
        long z = latent.size(1);
        long h = latent.size(2) / P;
        long w = latent.size(3) / P;
        return latent.reshape(b, z, h, P, w, P).permute(0, 1, 3, 5, 2, 4).reshape(b, z * P * P, h, w);
    }

    /** The inverse of {@link #fold}. */
    static Tensor unfold(Tensor patched) {
        long b = patched.size(0);
        long z = patched.size(1) / (P * P);
        long h = patched.size(2);
        long w = patched.size(3);
        return patched.reshape(b, z, P, P, h, w).permute(0, 1, 4, 2, 5, 3).reshape(b, z, h * P, w * P);
    }

    /** (B, C, h, w) to tokens (B, h·w, C), row by row. */
    public static Tensor pack(Tensor latents) {
        return latents.flatten(2, 3).transpose(1, 2).contiguous();
    }

    /** The inverse of {@link #pack}. */
    public static Tensor unpack(Tensor tokens, long h, long w) {
        return tokens.transpose(1, 2).unflatten(2, h, w).contiguous();
    }
}
