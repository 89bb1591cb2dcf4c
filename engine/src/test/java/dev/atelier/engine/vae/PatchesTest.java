package dev.atelier.engine.vae;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class PatchesTest {
    private static final int B = 2;
    private static final int Z = 3;
    private static final int H = 4;
    private static final int W = 6;

    /** Latent pixel (z, y, x) becomes channel 4z + 2(y mod 2) + (x mod 2) of token (y / 2, x / 2). */
    @Test
    void foldPutsTheFourPixelsOfAPatchSideBySide() {
        Scopes.run(() -> {
            float[] folded = Tensors.toFloats(Patches.fold(counted(B, Z, H, W)));

            for (int b = 0; b < B; b++) {
                for (int z = 0; z < Z; z++) {
                    for (int y = 0; y < H; y++) {
                        for (int x = 0; x < W; x++) {
                            int channel = 4 * z + 2 * (y % 2) + x % 2;
                            int to = ((b * 4 * Z + channel) * (H / 2) + y / 2) * (W / 2) + x / 2;
                            assertThat(folded[to]).isEqualTo(((b * Z + z) * H + y) * W + x);
                        }
                    }
                }
            }
        });
    }

    @Test
    void unfoldUndoesFold() {
        Scopes.run(() -> {
            Tensor latent = counted(B, Z, H, W);
            Tensor back = Patches.unfold(Patches.fold(latent));

            assertThat(back.shape()).containsExactly(B, Z, H, W);
            assertThat(Tensors.toFloats(back)).isEqualTo(Tensors.toFloats(latent));
        });
    }

    /** Token y · w + x holds the channels of latent pixel (y, x). */
    @Test
    void packMakesTokensRowByRow() {
        Scopes.run(() -> {
            Tensor tokens = Patches.pack(counted(B, Z, H, W));
            float[] packed = Tensors.toFloats(tokens);

            assertThat(tokens.shape()).containsExactly(B, H * W, Z);
            for (int i = 0; i < packed.length; i++) {
                int b = i / (H * W * Z);
                int token = i / Z % (H * W);
                assertThat(packed[i]).isEqualTo((b * Z + i % Z) * H * W + token);
            }
        });
    }

    @Test
    void unpackUndoesPack() {
        Scopes.run(() -> {
            Tensor latents = counted(B, Z, H, W);

            assertThat(Tensors.toFloats(Patches.unpack(Patches.pack(latents), H, W)))
                    .isEqualTo(Tensors.toFloats(latents));
        });
    }

    /** 0, 1, 2, … in row-major order. */
    private static Tensor counted(int... shape) {
        float[] out = new float[shape[0] * shape[1] * shape[2] * shape[3]];
        for (int i = 0; i < out.length; i++) {
            out[i] = i;
        }
        return Tensors.of(out, shape[0], shape[1], shape[2], shape[3]);
    }
}
