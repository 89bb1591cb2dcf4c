package dev.atelier.training.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class DirectPreferenceTest {
    @Test
    void aModelThatHasLearntNothingPaysTheLogarithmOfTwo() {
        float[] errors = {0.3f, 0.7f};

        assertThat(losses(errors, errors, errors, errors, 100)[0]).isEqualTo((float) Math.log(2), within(1e-6f));
    }

    @Test
    void theLossIsTheFormulaOfThePaper() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 200; round++) {
            double beta = Math.pow(10, random.nextDouble(0, 3));
            float[] e = {(float) random.nextDouble(), (float) random.nextDouble()};
            float[] r = {(float) random.nextDouble(), (float) random.nextDouble()};
            double winner = (double) e[0] - r[0];
            double loser = (double) e[1] - r[1];
            double inside = -beta / 2 * (winner - loser + Math.max(0, winner));
            double expected = Math.log1p(Math.exp(-Math.abs(inside))) + Math.max(0, -inside);

            float loss =
                    losses(new float[] {e[0]}, new float[] {e[1]}, new float[] {r[0]}, new float[] {r[1]}, beta)[0];

            assertThat((double) loss).isEqualTo(expected, within(1e-5 * Math.max(1, expected)));
        }
    }

    /** Both errors grow, the loser's faster: the plain loss would fall. */
    @Test
    void unlearningBothPicturesDoesNotPay() {
        float[] before = losses(new float[] {0.5f}, new float[] {0.5f}, new float[] {0.5f}, new float[] {0.5f}, 100);
        float[] after = losses(new float[] {0.6f}, new float[] {0.65f}, new float[] {0.5f}, new float[] {0.5f}, 100);

        assertThat(after[0]).isGreaterThan(before[0]);
    }

    private static float[] losses(float[] ew, float[] el, float[] rw, float[] rl, double beta) {
        return Scopes.plain(() -> Tensors.toFloats(DirectPreference.losses(errors(ew, el), errors(rw, rl), beta)));
    }

    private static DirectPreference.Errors errors(float[] winner, float[] loser) {
        return new DirectPreference.Errors(of(winner), of(loser));
    }

    private static Tensor of(float[] values) {
        return Tensors.of(values, values.length);
    }
}
