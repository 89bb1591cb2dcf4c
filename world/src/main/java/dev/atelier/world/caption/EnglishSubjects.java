package dev.atelier.world.caption;

import static dev.atelier.world.caption.EnglishGrammar.article;

import dev.atelier.world.scene.Animal;
import dev.atelier.world.scene.Aspect;
import dev.atelier.world.scene.Drawing;
import dev.atelier.world.scene.Furniture;
import dev.atelier.world.scene.Headwear;
import dev.atelier.world.scene.Person;
import dev.atelier.world.scene.Pose;
import dev.atelier.world.scene.Structure;
import dev.atelier.world.scene.Subject;
import dev.atelier.world.scene.Thing;
import dev.atelier.world.scene.Wearable;
import java.util.ArrayList;
import java.util.List;

/** Noun phrases for the subjects of a scene: "a glossy red vase", "a happy girl with long hair in a blue dress". */
record EnglishSubjects(Speaker speaker, CaptionForm form) {
    List<String> phrases() {
        List<String> phrases = new ArrayList<>();
        List<Subject> subjects = speaker.scene().subjects();
        for (int i = 0; i < subjects.size(); i++) {
            phrases.add(
                    switch (subjects.get(i)) {
                        case Thing _ -> thing(i);
                        case Drawing drawing -> drawing(drawing, i);
                        case Structure _ -> structure(i);
                        case Furniture _ -> article(colour(i) + speaker.say(Aspect.furniture(i)));
                        case Person person -> person(person, i);
                        case Animal animal -> animal(animal, i);
                    });
        }
        return phrases;
    }

    /** Details are left out of short captions and seldom of full ones. */
    private boolean detail() {
        return speaker.dice()
                .chance(
                        switch (form) {
                            case SHORT -> 0.25;
                            case TAGS, SENTENCE -> 0.6;
                            case FULL -> 0.95;
                        });
    }

    private String colour(int index) {
        boolean said = speaker.dice().chance(form == CaptionForm.SHORT ? 0.75 : 0.95);
        return said ? speaker.say(Aspect.colour(index)) + " " : "";
    }

    private String thing(int index) {
        String material = "";
        if (speaker.has(Aspect.material(index)) && detail()) {
            material = adjective(speaker.say(Aspect.material(index))) + " ";
        }
        String noun = speaker.say(Aspect.thing(index));
        String phrase = material + colour(index) + noun;
        return noun.equals("headphones") ? phrase : article(phrase);
    }

    private String drawing(Drawing drawing, int index) {
        String colour = drawing.dye() != null
                        || drawing.colour() != null && speaker.dice().chance(0.12)
                ? speaker.say(Aspect.colour(index)) + " "
                : "";
        if (drawing.count() > 1) {
            speaker.state(Aspect.noun(index));
            return speaker.say(Aspect.number(index)) + " " + colour
                    + drawing.kind().plural();
        }
        boolean dear = drawing.kind().group().equals("animal") && speaker.dice().chance(0.12);
        return EnglishGrammar.phrase((dear ? "cute " : "") + colour, speaker.say(Aspect.noun(index)));
    }

    private String structure(int index) {
        String phrase = article(colour(index) + speaker.say(Aspect.STRUCTURE));
        if (speaker.has(Aspect.ROOF_COLOUR) && detail()) {
            phrase += " with " + article(speaker.say(Aspect.ROOF_COLOUR)) + " roof";
        }
        return phrase;
    }

    private String person(Person person, int index) {
        String mood = detail() ? speaker.say(Aspect.EXPRESSION) + " " : "";
        if (!speaker.has(Aspect.GARMENT)) {
            return article(mood + colour(index) + speaker.say(Aspect.PERSON)) + pose(person);
        }
        StringBuilder phrase = new StringBuilder(article(mood + speaker.say(Aspect.PERSON)));
        if (detail()) {
            phrase.append(" with ");
            phrase.append(speaker.say(Aspect.HAIR)).append(' ');
            phrase.append(speaker.say(Aspect.HAIR_COLOUR)).append(" hair");
        }
        if (detail() || form == CaptionForm.SHORT) {
            phrase.append(" in ").append(article(colour(index) + speaker.say(Aspect.GARMENT)));
        }
        if (person.look().headwear() != Headwear.NONE && detail()) {
            phrase.append(" wearing ").append(accented(Aspect.HEADWEAR));
        }
        return phrase + pose(person);
    }

    private String pose(Person person) {
        if (person.pose() == Pose.STANDING || !detail()) {
            return "";
        }
        return (person.pose() == Pose.HANDS_ON_HIPS ? " " : ", ") + speaker.say(Aspect.POSE);
    }

    private String animal(Animal animal, int index) {
        String mood = detail() ? speaker.say(Aspect.EXPRESSION) + " " : "";
        String phrase = article(mood + colour(index) + speaker.say(Aspect.ANIMAL));
        if (animal.wears() != Wearable.NONE && detail()) {
            phrase += " wearing " + accented(Aspect.WEARABLE);
        }
        return phrase;
    }

    private String accented(Aspect worn) {
        return article(speaker.say(Aspect.ACCENT) + " " + speaker.say(worn));
    }

    private static String adjective(String material) {
        return switch (material) {
            case "wood" -> "wooden";
            case "metal" -> "metallic";
            case "transparent glass" -> "glass";
            default -> material;
        };
    }
}
