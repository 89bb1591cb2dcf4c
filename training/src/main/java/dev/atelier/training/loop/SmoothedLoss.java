package dev.atelier.training.loop;

/** A running mean of losses over about fifty steps, which begins at the first. */
public final class SmoothedLoss {
    private static final double KEEP = 0.98;

    private double value;

    public SmoothedLoss() {
        this(Double.NaN);
    }

    /** @param value the mean so far; not a number: none */
    SmoothedLoss(double value) {
        this.value = value;
    }

    /** Takes the loss of one more step; the mean with it. */
    public double add(double loss) {
        value = Double.isNaN(value) ? loss : KEEP * value + (1 - KEEP) * loss;
        return value;
    }
}
