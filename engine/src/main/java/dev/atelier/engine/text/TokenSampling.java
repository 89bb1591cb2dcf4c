package dev.atelier.engine.text;

/**
 * How a language model chooses the next token.
 *
 * @param temperature 0: always the likeliest; else logits are divided by it
 * @param topP only the likeliest tokens that together reach this probability, in (0, 1]
 * @param topK at most this many tokens; 0: no bound
 * @param seed of the choices
 */
public record TokenSampling(double temperature, double topP, int topK, long seed) {
    public static final TokenSampling GREEDY = new TokenSampling(0, 1, 0, 0);

    public TokenSampling {
        if (!(temperature >= 0) || !(topP > 0 && topP <= 1) || topK < 0) {
            throw new IllegalArgumentException("sampling: temperature " + temperature + " must be at least 0, top-p "
                    + topP + " in (0, 1], top-k " + topK + " at least 0");
        }
    }
}
