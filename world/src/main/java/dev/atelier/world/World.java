package dev.atelier.world;

import dev.atelier.engine.image.WordsReference;
import dev.atelier.world.caption.Caption;
import dev.atelier.world.caption.CaptionForm;
import dev.atelier.world.caption.Captioner;
import dev.atelier.world.caption.Language;
import dev.atelier.world.scene.Carrier;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Inscription;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Script;
import dev.atelier.world.scene.UnseenWords;

/**
 * An endless supply of scenes, edits, compositions and sequences. Everything follows from the seed it is asked with and
 * is the same on every machine. Immutable and thread-safe.
 */
public final class World {
    private static final double OTHER_WORDS = 0.15;
    private static final double OTHER_WORDS_OF_TEXT = 0.5;

    private final WorldConfig config;
    private final SceneGenerator scenes;

    private World(WorldConfig config) {
        this.config = config;
        this.scenes = new SceneGenerator(config);
    }

    public static World of(WorldConfig config) {
        return new World(config);
    }

    public WorldConfig config() {
        return config;
    }

    /** A scene that holds none of the held-out combinations. */
    public Scene scene(long seed) {
        return scenes.scene(Dice.of(seed, "scene"));
    }

    /**
     * A scene that holds one of the held-out combinations, for evaluation.
     *
     * @throws IllegalStateException when the configuration holds nothing out
     */
    public Scene heldOutScene(long seed) {
        return scenes.heldOut(seed);
    }

    /** A caption, in which a noun has one of its other words in {@value #OTHER_WORDS} of the cases. */
    public Caption caption(Scene scene, long seed) {
        return caption(scene, seed, OTHER_WORDS);
    }

    /** A caption for the text alone: half of its nouns by their other words, which no picture needs to be drawn for. */
    public Caption textOnly(long seed) {
        return caption(scene(seed), seed, OTHER_WORDS_OF_TEXT);
    }

    private Caption caption(Scene scene, long seed, double otherWords) {
        Dice dice = Dice.of(seed, "caption form");
        Language language = language(dice);
        CaptionForm form = dice.weighted(config.captionForms());
        return Captioner.caption(scene, language, form, seed, otherWords);
    }

    public Sample sample(long seed) {
        Scene scene = scene(seed);
        return new Sample(scene, caption(scene, seed));
    }

    public EditPair edit(long seed) {
        Dice dice = Dice.of(seed, "edit");
        return new EditGenerator(scenes).edit(dice, language(dice));
    }

    public Composition composition(long seed) {
        Dice dice = Dice.of(seed, "composition");
        return new CompositionGenerator(scenes, dice, language(dice)).composition();
    }

    /** A picture that carries letters, none of which are {@link UnseenWords}. */
    public Inscription inscription(long seed) {
        return new InscriptionChoice(scenes).any(Dice.of(seed, "inscription"));
    }

    /**
     * A picture that carries {@code letters}.
     *
     * @param letters Latin ones, or of {@link dev.atelier.world.scene.Characters}
     */
    public Inscription inscription(long seed, Carrier carrier, Script script, String letters) {
        return new InscriptionChoice(scenes).on(Dice.of(seed, "inscription of"), carrier, script, letters);
    }

    /** Words for {@code inscription} that say that its text is that of the first reference. */
    public String prompt(Inscription inscription, long seed) {
        return prompt(inscription, seed, language(Dice.of(seed, "inscription language")));
    }

    public String prompt(Inscription inscription, long seed, Language language) {
        CaptionForm form = Dice.of(seed, "inscription form").weighted(config.captionForms());
        String caption = Captioner.caption(inscription, language, form, seed, OTHER_WORDS);
        return WordsReference.prompt(caption, 1, language == Language.CHINESE);
    }

    /**
     * One subject through {@code shots} shots.
     *
     * @throws IllegalArgumentException when {@code shots} is not from 2 to 8
     */
    public ShotSequence sequence(long seed, int shots) {
        if (shots < 2 || shots > 8) {
            throw new IllegalArgumentException("shots: " + shots + ", 2 to 8 expected");
        }
        Dice dice = Dice.of(seed, "sequence");
        return new SequenceGenerator(scenes).sequence(dice, shots, language(dice));
    }

    private Language language(Dice dice) {
        return dice.chance(config.chineseShare()) ? Language.CHINESE : Language.ENGLISH;
    }
}
