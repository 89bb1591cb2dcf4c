package dev.atelier.training.world.caption;

import dev.atelier.training.world.scene.Aspect;
import dev.atelier.training.world.scene.Structure;
import dev.atelier.training.world.scene.Subject;
import dev.atelier.training.world.scene.Thing;
import java.util.ArrayList;
import java.util.List;

/** Noun phrases for the subjects of a scene: "a glossy red vase". */
record EnglishSubjects(Speaker speaker, CaptionForm form) {
    List<String> phrases() {
        List<String> phrases = new ArrayList<>();
        List<Subject> subjects = speaker.scene().subjects();
        for (int i = 0; i < subjects.size(); i++) {
            phrases.add(
                    switch (subjects.get(i)) {
                        case Thing _ -> thing(i);
                        case Structure _ -> structure(i);
                    });
        }
        return phrases;
    }

    private String thing(int index) {
        StringBuilder phrase = new StringBuilder();
        if (speaker.dice().chance(form == CaptionForm.FULL ? 0.9 : 0.4)) {
            phrase.append(adjective(speaker.say(Subjects.MATERIALS.get(index)))).append(' ');
        }
        colour(index, phrase);
        phrase.append(speaker.say(Subjects.THINGS.get(index)));
        return EnglishGrammar.article(phrase.toString());
    }

    private String structure(int index) {
        StringBuilder phrase = new StringBuilder();
        colour(index, phrase);
        phrase.append(speaker.say(Aspect.STRUCTURE));
        return EnglishGrammar.article(phrase.toString());
    }

    private void colour(int index, StringBuilder phrase) {
        if (speaker.dice().chance(form == CaptionForm.SHORT ? 0.75 : 0.95)) {
            phrase.append(speaker.say(Subjects.COLOURS.get(index))).append(' ');
        }
    }

    private static String adjective(String material) {
        return material.equals("wood") ? "wooden" : material.equals("metal") ? "metallic" : material;
    }
}
