package dev.atelier.world.caption;

import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Inscription;
import dev.atelier.world.scene.Lexicon;
import dev.atelier.world.scene.Scene;

/** Writes captions in English and Chinese whose every word follows from the scene as it is drawn. Stateless, thread-safe. */
public final class Captioner {
    private Captioner() {}

    /** A caption of {@code scene}; the same seed gives the same words. */
    public static Caption caption(Scene scene, Language language, CaptionForm form, long seed) {
        return caption(scene, language, form, seed, 0);
    }

    /** As {@link #caption(Scene, Language, CaptionForm, long)}, a noun now and then by a word of the {@link Lexicon}. */
    public static Caption caption(Scene scene, Language language, CaptionForm form, long seed, double otherWords) {
        Speaker speaker = new Speaker(scene, language, Dice.of(seed, "caption"), otherWords);
        Grammar grammar = switch (language) {
            case ENGLISH -> new EnglishGrammar();
            case CHINESE -> new ChineseGrammar();
        };
        String text = grammar.compose(speaker, form);
        return new Caption(text, language, form, speaker.stated());
    }

    /** A caption that has the letters of {@code inscription} in quotation marks. @param otherWords as for scenes */
    public static String caption(
            Inscription inscription, Language language, CaptionForm form, long seed, double otherWords) {
        return InscriptionGrammar.text(inscription, language, form, seed, otherWords);
    }
}
