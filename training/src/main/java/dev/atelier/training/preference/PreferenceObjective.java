package dev.atelier.training.preference;

import dev.atelier.training.lora.EncodedExample;
import dev.atelier.training.lora.LowRankFactors;
import dev.atelier.training.lora.NoisyPass;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.NoGradGuard;

/** Learns from votes between two pictures, by {@link DirectPreference}. */
final class PreferenceObjective extends TuningObjective<EncodedPair> {
    private final LowRankFactors factors;
    private final NoisyPass pass;
    private final double beta;

    PreferenceObjective(
            LowRankFactors factors,
            NoisyPass pass,
            List<EncodedPair> pairs,
            PreferenceSettings settings,
            PreferenceGuard guard,
            int guardEvery) {
        super(factors, pairs, settings.tuning(), guard, guardEvery);
        this.factors = factors;
        this.pass = pass;
        beta = settings.beta();
    }

    @Override
    Learnt learn(List<EncodedPair> batch, SplittableRandom random) {
        List<EncodedExample> winners = batch.stream().map(EncodedPair::winner).toList();
        List<EncodedExample> losers = batch.stream().map(EncodedPair::loser).toList();
        List<Path> prompts = winners.stream().map(EncodedExample::prompt).toList();
        NoisyPass.Noise noise = pass.noise(winners, random);
        DirectPreference.Errors start = factors.without(() -> {
            try (var _ = new NoGradGuard()) {
                return new DirectPreference.Errors(
                        pass.errors(winners, prompts, noise), pass.errors(losers, prompts, noise));
            }
        });
        DirectPreference.Errors tuned =
                new DirectPreference.Errors(pass.errors(winners, prompts, noise), pass.errors(losers, prompts, noise));
        return new Learnt(DirectPreference.losses(tuned, start, beta), DirectPreference.margins(tuned, start));
    }
}
