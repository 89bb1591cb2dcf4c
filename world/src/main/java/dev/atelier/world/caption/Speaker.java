package dev.atelier.world.caption;

import dev.atelier.world.scene.Aspect;
import dev.atelier.world.scene.Attributes;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Fact;
import dev.atelier.world.scene.Hue;
import dev.atelier.world.scene.Lexicon;
import dev.atelier.world.scene.Noun;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Style;
import dev.atelier.world.scene.Term;
import dev.atelier.world.scene.Time;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds words for a scene's facts and keeps count of the facts it has named: what is not a fact cannot be said. */
final class Speaker {
    private static final Set<Term> OUT_OF_THE_ORDINARY = outOfTheOrdinary();

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

    private static Set<Term> outOfTheOrdinary() {
        Set<Term> terms = new HashSet<>(EnumSet.complementOf(EnumSet.of(Style.SOFT)));
        terms.add(Time.NIGHT);
        terms.add(Hue.BLACK);
        return Set.copyOf(terms);
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

    /**
     * Whether the caption names the scene's value of {@code aspect}: one that is out of the ordinary always, the ordinary with
     * probability {@code share}. What captions leave out, a model draws unasked as often as it has seen it; so a prompt that says
     * nothing of style, time or ground gets the ordinary.
     */
    boolean says(Aspect aspect, double share) {
        return attributes.value(aspect).filter(OUT_OF_THE_ORDINARY::contains).isPresent() || dice.chance(share);
    }

    /** Whether {@code aspect} is out of the ordinary and not named yet. */
    boolean owes(Aspect aspect) {
        return attributes
                .value(aspect)
                .filter(value -> OUT_OF_THE_ORDINARY.contains(value) && !stated.contains(new Fact(aspect, value)))
                .isPresent();
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
