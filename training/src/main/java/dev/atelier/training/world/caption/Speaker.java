package dev.atelier.training.world.caption;

import dev.atelier.training.world.scene.Aspect;
import dev.atelier.training.world.scene.Attributes;
import dev.atelier.training.world.scene.Dice;
import dev.atelier.training.world.scene.Fact;
import dev.atelier.training.world.scene.Lexicon;
import dev.atelier.training.world.scene.Noun;
import dev.atelier.training.world.scene.Scene;
import dev.atelier.training.world.scene.Term;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds words for a scene's facts and keeps count of the facts it has named: what is not a fact cannot be said. */
final class Speaker {
    private final Scene scene;
    private final Attributes attributes;
    private final Language language;
    private final Dice dice;
    private final double otherWords;
    private final double plainness;
    private final Set<Fact> stated = new LinkedHashSet<>();

    /** @param otherWords how often a noun is called by a word of the lexicon, 0 to 1 */
    Speaker(Scene scene, Language language, Dice dice, double otherWords) {
        this.scene = scene;
        this.attributes = Attributes.of(scene);
        this.language = language;
        this.dice = dice;
        this.otherWords = otherWords;
        this.plainness = dice.between(0.3, 1);
    }

    Scene scene() {
        return scene;
    }

    Dice dice() {
        return dice;
    }

    Set<Fact> stated() {
        return stated;
    }

    boolean has(Aspect aspect) {
        return attributes.value(aspect).isPresent();
    }

    boolean is(Aspect aspect, Term value) {
        return attributes.value(aspect).filter(value::equals).isPresent();
    }

    /** A word for the scene's value of {@code aspect}, or one of its synonyms. */
    String say(Aspect aspect) {
        Term value = attributes
                .value(aspect)
                .orElseThrow(() -> new IllegalArgumentException("the scene has no " + aspect + " to speak of"));
        state(aspect);
        return word(value);
    }

    /** Marks a fact as named by words that the caller chose. */
    void state(Aspect aspect) {
        attributes.value(aspect).ifPresent(value -> stated.add(new Fact(aspect, value)));
    }

    /** The plain word more often than its synonyms; of a noun sometimes one from the lexicon. */
    String word(Term term) {
        if (term instanceof Noun noun && dice.chance(otherWords)) {
            List<String> others = language == Language.ENGLISH ? Lexicon.english(noun) : Lexicon.chinese(noun);
            if (!others.isEmpty()) {
                return dice.pick(others);
            }
        }
        List<String> words = language == Language.ENGLISH
                ? term.words().english()
                : term.words().chinese();
        return dice.chance(plainness) ? words.getFirst() : dice.pick(words);
    }
}
