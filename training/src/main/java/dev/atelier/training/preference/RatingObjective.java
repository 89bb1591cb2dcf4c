package dev.atelier.training.preference;

import dev.atelier.engine.tensor.Tensors;
import dev.atelier.training.lora.EncodedExample;
import dev.atelier.training.lora.LowRankFactors;
import dev.atelier.training.lora.NoisyPass;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Learns from rated pictures, by {@link NegativeAware}. */
final class RatingObjective extends TuningObjective<EncodedRating> {
    private final LowRankFactors factors;
    private final NoisyPass pass;
    private final PreferenceSettings settings;

    RatingObjective(
            LowRankFactors factors,
            NoisyPass pass,
            List<EncodedRating> ratings,
            PreferenceSettings settings,
            PreferenceGuard guard,
            int guardEvery) {
        super(factors, ratings, settings.tuning(), guard, guardEvery);
        this.factors = factors;
        this.pass = pass;
        this.settings = settings;
    }

    @Override
    Learnt learn(List<EncodedRating> batch, SplittableRandom random) {
        List<EncodedExample> examples =
                batch.stream().map(EncodedRating::example).toList();
        List<Path> prompts = examples.stream().map(EncodedExample::prompt).toList();
        float[] optimality = new float[batch.size()];
        for (int i = 0; i < optimality.length; i++) {
            optimality[i] = (float) batch.get(i).optimality();
        }
        NoisyPass.Noise noise = pass.noise(examples, random);
        Tensor start = factors.without(() -> {
            try (var _ = new NoGradGuard()) {
                return pass.samples(examples, prompts, noise);
            }
        });
        Tensor clean = pass.clean(examples);
        Tensor rated = Tensors.to(Tensors.of(optimality, optimality.length), pass.device());
        return NegativeAware.learn(
                new NegativeAware.Samples(pass.samples(examples, prompts, noise), start, clean, noise.time()),
                rated,
                settings.beta(),
                settings.kl());
    }
}
