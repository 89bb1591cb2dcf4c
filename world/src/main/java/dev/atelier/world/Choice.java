package dev.atelier.world;

import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Hue;
import dev.atelier.world.scene.Style;
import dev.atelier.world.scene.Term;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Random picks among the terms that the configuration leaves. */
record Choice(WorldConfig config) {

    /** @throws IllegalStateException when every term is excluded */
    @SafeVarargs
    @SuppressWarnings("varargs")
    final <T extends Term> T of(Dice dice, T... terms) {
        return other(dice, List.of(), terms);
    }

    /**
     * An allowed term that is not among {@code taken}.
     *
     * @throws IllegalStateException when none is left
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    final <T extends Term> T other(Dice dice, List<T> taken, T... terms) {
        List<T> left = left(taken, terms);
        if (left.isEmpty()) {
            throw new IllegalStateException("excluded: leaves none of " + List.of(terms) + " beside " + taken);
        }
        return dice.pick(left);
    }

    /** As {@link #other}, but empty when none is left. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    final <T extends Term> Optional<T> another(Dice dice, List<T> taken, T... terms) {
        List<T> left = left(taken, terms);
        return left.isEmpty() ? Optional.empty() : Optional.of(dice.pick(left));
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private final <T extends Term> List<T> left(List<T> taken, T... terms) {
        return Stream.of(terms)
                .filter(config::allows)
                .filter(term -> !taken.contains(term))
                .toList();
    }

    /** An allowed colour that {@code style} can show and that is not among {@code taken}. */
    Hue hue(Dice dice, Style style, List<Hue> taken) {
        Hue[] shown = Stream.of(Hue.values()).filter(style::shows).toArray(Hue[]::new);
        return other(dice, taken, shown);
    }

    /** {@code term} with a probability, if it is allowed; otherwise another of {@code terms}. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    final <T extends Term> T mostly(Dice dice, double share, T term, T... terms) {
        return dice.chance(share) && config.allows(term) ? term : of(dice, terms);
    }
}
