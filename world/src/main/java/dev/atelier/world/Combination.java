package dev.atelier.world;

import dev.atelier.world.scene.Attributes;
import dev.atelier.world.scene.Fact;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Term;
import java.util.Set;
import java.util.stream.Collectors;

/** Terms that are kept from training together, to see whether a model can combine them all the same. */
public record Combination(Set<Term> terms) {

    /** @throws IllegalArgumentException for fewer than two terms, which would not be a combination */
    public Combination {
        if (terms.size() < 2) {
            throw new IllegalArgumentException("terms: " + terms + ", at least 2 expected");
        }
        terms = Set.copyOf(terms);
    }

    public static Combination of(Term... terms) {
        return new Combination(Set.of(terms));
    }

    boolean isIn(Scene scene) {
        return Attributes.of(scene).facts().stream()
                .map(Fact::value)
                .collect(Collectors.toSet())
                .containsAll(terms);
    }
}
