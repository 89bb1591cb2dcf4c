package dev.atelier.training.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class NegativeAwareTest {
    private static final int SIZE = 6;

    /** One example's latents. */
    private record Case(float[] tuned, float[] start, float[] clean, double time, double optimality) {
        static Case random(SplittableRandom random) {
            return new Case(
                    values(random), values(random), values(random), random.nextDouble(0.01, 1), random.nextDouble());
        }

        private static float[] values(SplittableRandom random) {
            float[] out = new float[SIZE];
            for (int i = 0; i < SIZE; i++) {
                out[i] = (float) random.nextGaussian();
            }
            return out;
        }

        Case atStart() {
            return new Case(start, start, clean, time, optimality);
        }
    }

    @Test
    void theLossIsTheFormulaOfThePaper() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 200; round++) {
            Case one = Case.random(random);
            double beta = Math.pow(10, random.nextDouble(-2, 1));
            double kl = Math.pow(10, random.nextDouble(-4, 0));
            double[] plus = new double[SIZE];
            double[] minus = new double[SIZE];
            double distance = 0;
            for (int i = 0; i < SIZE; i++) {
                plus[i] = (1 - beta) * one.start()[i] + beta * one.tuned()[i] - one.clean()[i];
                minus[i] = (1 + beta) * one.start()[i] - beta * one.tuned()[i] - one.clean()[i];
                double velocity = (one.tuned()[i] - one.start()[i]) / Math.max(one.time(), 0.05);
                distance += velocity * velocity / SIZE;
            }
            double expected =
                    (one.optimality() * scaled(plus) + (1 - one.optimality()) * scaled(minus)) / beta + kl * distance;

            assertThat((double) losses(one, beta, kl)[0]).isEqualTo(expected, within(1e-4 * Math.max(1, expected)));
        }
    }

    /** At the start a good picture pulls the prediction to itself and a bad one pushes it away, a middling one does neither. */
    @Test
    void goodPicturesPullAndBadOnesPush() {
        SplittableRandom random = new SplittableRandom(8);
        Case some = Case.random(random).atStart();

        double[] good = slope(some, 0.9);
        double[] bad = slope(some, 0.1);
        double[] middling = slope(some, 0.5);

        for (int i = 0; i < SIZE; i++) {
            double towards = some.clean()[i] - some.start()[i];
            assertThat(-good[i] * towards).isPositive();
            assertThat(bad[i]).isEqualTo(-good[i], within(1e-5));
            assertThat(middling[i]).isEqualTo(0, within(1e-6));
        }
    }

    private static double[] slope(Case at, double optimality) {
        return Scopes.plain(() -> {
            Tensor tuned = row(at.tuned()).requires_grad_(true);
            NegativeAware.learn(
                            new NegativeAware.Samples(tuned, row(at.start()), row(at.clean()), time(at)),
                            Tensors.of(new float[] {(float) optimality}, 1),
                            0.1,
                            1e-3)
                    .losses()
                    .sum()
                    .backward();
            float[] gradient = Tensors.toFloats(tuned.grad());
            double[] out = new double[SIZE];
            for (int i = 0; i < SIZE; i++) {
                out[i] = gradient[i];
            }
            return out;
        });
    }

    private static float[] losses(Case of, double beta, double kl) {
        return Scopes.plain(() -> Tensors.toFloats(NegativeAware.learn(
                        new NegativeAware.Samples(row(of.tuned()), row(of.start()), row(of.clean()), time(of)),
                        Tensors.of(new float[] {(float) of.optimality()}, 1),
                        beta,
                        kl)
                .losses()));
    }

    private static Tensor row(float[] values) {
        return Tensors.of(values, 1, values.length);
    }

    private static Tensor time(Case of) {
        return Tensors.of(new float[] {(float) of.time()}, 1);
    }

    private static double scaled(double[] error) {
        double squares = 0;
        double sizes = 0;
        for (double e : error) {
            squares += e * e / error.length;
            sizes += Math.abs(e) / error.length;
        }
        return squares / Math.max(sizes, 1e-5);
    }
}
