package dev.atelier.world.caption;

import static dev.atelier.world.caption.EnglishGrammar.article;
import static dev.atelier.world.caption.EnglishGrammar.saysStyle;
import static dev.atelier.world.caption.EnglishGrammar.styledPicture;

import dev.atelier.world.scene.Aspect;
import dev.atelier.world.scene.Carrier;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Inscription;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Sheet;
import dev.atelier.world.scene.Studio;
import java.util.ArrayList;
import java.util.List;

/** Words for pictures that carry letters; the letters stand in quotation marks. */
record InscriptionGrammar(Inscription inscription, CaptionForm form, Speaker speaker, String described) {
    /** @param otherWords as {@link Captioner#caption(Scene, Language, CaptionForm, long, double)} */
    static String text(Inscription inscription, Language language, CaptionForm form, long seed, double otherWords) {
        Scene scene = inscription.scene();
        String described =
                Captioner.caption(scene, language, form, seed, otherWords).text();
        Speaker speaker = new Speaker(scene, language, Dice.of(seed, "inscription"), otherWords);
        InscriptionGrammar grammar = new InscriptionGrammar(inscription, form, speaker, described);
        return language == Language.ENGLISH ? grammar.english() : grammar.chinese();
    }

    private Dice dice() {
        return speaker.dice();
    }

    private boolean said() {
        return dice().chance(form == CaptionForm.FULL ? 1 : form == CaptionForm.SHORT ? 0.3 : 0.6);
    }

    private String english() {
        String word = dice().pick("\"%s\"", "\"%s\"", "\"%s\"", "“%s”", "'%s'").formatted(inscription.letters());
        if (inscription.scene().setting() instanceof Sheet sheet) {
            return described.replace("\"" + sheet.letters() + "\"", word);
        }
        if (inscription.carrier() == Carrier.TITLE) {
            String title = dice().pick("with the title ", "with the word ", "with the text ", "titled ") + word;
            return withoutStop(described) + ", " + (form == CaptionForm.TAGS ? "text " + word : title + inInk())
                    + (dice().chance(0.4) ? " at the top" : "");
        }
        if (form == CaptionForm.TAGS) {
            List<String> tags = new ArrayList<>(List.of(noun(), "text " + word));
            if (saysStyle(speaker, form)) {
                tags.add(speaker.say(Aspect.STYLE));
            }
            return EnglishGrammar.tags(tags, dice());
        }
        String opening = saysStyle(speaker, form) ? styledPicture(speaker.say(Aspect.STYLE)) : "";
        String text = opening
                + article(noun())
                + dice().pick(" that says ", " with the word ", " with the text ", " reading ")
                + word
                + inInk()
                + around();
        return form == CaptionForm.SHORT ? text : EnglishGrammar.sentence(text);
    }

    /** "red mug", "shop front". */
    private String noun() {
        String noun = speaker.word(inscription.carrier());
        return inscription.carrier() == Carrier.MUG && said() ? speaker.word(inscription.ground()) + " " + noun : noun;
    }

    private String inInk() {
        return said() ? " in " + speaker.word(inscription.ink()) + " letters" : "";
    }

    /** " on a blue background", " with a red sign". */
    private String around() {
        if (!said() || !inscription.scene().style().colours()) {
            return "";
        }
        return switch (inscription.carrier()) {
            case SHOP_FRONT -> " on " + article(speaker.word(inscription.ground()) + " sign");
            case SCREEN -> " on " + speaker.word(inscription.ground());
            default ->
                inscription.scene().setting() instanceof Studio studio
                        ? " on " + article(speaker.word(studio.backdrop()) + " background")
                        : "";
        };
    }

    private String chinese() {
        String word = dice().pick("“%s”", "“%s”", "“%s”", "「%s」", "\"%s\"").formatted(inscription.letters());
        if (inscription.scene().setting() instanceof Sheet sheet) {
            return described.replace("“" + sheet.letters() + "”", word);
        }
        String ink = said() ? "用" + speaker.word(inscription.ink()) : "";
        if (inscription.carrier() == Carrier.TITLE) {
            return withoutStop(described) + "，" + dice().pick("标题" + ink + "写着", "上方" + ink + "写着", ink + "写着") + word;
        }
        String noun = speaker.word(inscription.carrier());
        boolean coloured = said() && inscription.scene().style().colours();
        String ground = coloured ? speaker.word(inscription.ground()) : "";
        String thing = switch (inscription.carrier()) {
            case SHOP_FRONT -> "一家" + noun + "，" + ground + "招牌上" + ink + dice().pick("写着", "写着", "是") + word;
            case SCREEN ->
                "一块" + noun + "，" + ground + (ground.isEmpty() ? "" : "背景上") + ink + dice().pick("写着", "显示着") + word;
            default -> "一个" + ground + noun + "，" + dice().pick("上面", "杯身上") + ink + dice().pick("写着", "印着") + word;
        };
        String style =
                speaker.says(Aspect.STYLE, form == CaptionForm.SHORT ? 0.25 : 0.6) ? speaker.say(Aspect.STYLE) : "";
        String text = style.isEmpty() ? thing : dice().chance(0.5) ? style + "，" + thing : thing + "，" + style;
        return form == CaptionForm.SENTENCE || form == CaptionForm.FULL ? text + "。" : text;
    }

    private static String withoutStop(String text) {
        return text.endsWith(".") || text.endsWith("。") ? text.substring(0, text.length() - 1) : text;
    }
}
