package dev.atelier.training.preference;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Diffusion-DPO: with errors e of the tuned model and r of the model it started from, on the same noise,
 * {@code -log sigmoid(-beta / 2 [(e_w - r_w) - (e_l - r_l) + max(0, e_w - r_w)])}. Sources: Wallace et al. 2023 ("Diffusion model
 * alignment using direct preference optimization"), equation 14; the last term, without which a model may lower its margin by unlearning
 * both pictures, is that of DPO-Positive (Pal et al. 2024, "Smaug"), equation 3.
 */
final class DirectPreference {
    private DirectPreference() {}

    /**
     * Mean squared errors of the velocity.
     *
     * @param winner (B) of the pictures that were preferred
     * @param loser (B) of the others
     */
    record Errors(Tensor winner, Tensor loser) {
        Errors minus(Errors other) {
            return new Errors(winner.sub(other.winner), loser.sub(other.loser));
        }
    }

    /** How much better the tuned model knows the winner than it did, less the same of the loser; (B), above 0 where it has learnt. */
    static Tensor margins(Errors tuned, Errors start) {
        Errors change = tuned.minus(start);
        return change.loser().sub(change.winner());
    }

    /** (B). @param beta how strongly a margin counts; small values let the model go further from its start */
    static Tensor losses(Errors tuned, Errors start, double beta) {
        Tensor worse = tuned.winner().sub(start.winner()).clamp_min(new Scalar(0.0));
        Tensor inside = margins(tuned, start).sub(worse).mul(new Scalar(beta / 2));
        return torch.log_sigmoid(inside).neg();
    }
}
