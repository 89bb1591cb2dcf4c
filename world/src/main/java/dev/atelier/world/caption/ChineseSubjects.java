package dev.atelier.world.caption;

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

/** Chinese noun phrases for the subjects of a scene. */
record ChineseSubjects(Speaker speaker, CaptionForm form) {
    List<String> phrases() {
        List<String> phrases = new ArrayList<>();
        List<Subject> subjects = speaker.scene().subjects();
        for (int i = 0; i < subjects.size(); i++) {
            phrases.add(
                    switch (subjects.get(i)) {
                        case Thing _ -> one("个") + colour(i) + material(i) + speaker.say(Aspect.thing(i));
                        case Drawing drawing -> drawing(drawing, i);
                        case Structure _ -> structure(i);
                        case Furniture _ -> one("个") + colour(i) + speaker.say(Aspect.furniture(i));
                        case Person person -> person(person, i);
                        case Animal animal -> animal(animal, i);
                    });
        }
        return phrases;
    }

    private String one(String measure) {
        return form == CaptionForm.TAGS ? "" : "一" + measure;
    }

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
        if (!speaker.dice().chance(form == CaptionForm.SHORT ? 0.75 : 0.95)) {
            return "";
        }
        return speaker.say(Aspect.colour(index)) + (speaker.dice().chance(0.7) ? "的" : "");
    }

    private String material(int index) {
        return speaker.has(Aspect.material(index)) && detail() ? speaker.say(Aspect.material(index)) : "";
    }

    private String drawing(Drawing drawing, int index) {
        String measure = drawing.kind().measure();
        String number = drawing.count() > 1 ? speaker.say(Aspect.number(index)) + measure : one(measure);
        boolean coloured = drawing.dye() != null
                || drawing.colour() != null && speaker.dice().chance(0.12);
        String colour = coloured ? speaker.say(Aspect.colour(index)) + "的" : "";
        boolean dear = drawing.kind().group().equals("animal") && speaker.dice().chance(0.12);
        return number + (dear ? "可爱的" : "") + colour + speaker.say(Aspect.noun(index));
    }

    private String structure(int index) {
        boolean roof = speaker.has(Aspect.ROOF_COLOUR) && detail();
        return one("座")
                + (roof ? speaker.say(Aspect.ROOF_COLOUR) + "屋顶的" : "")
                + colour(index)
                + speaker.say(Aspect.STRUCTURE);
    }

    private String mood() {
        return detail() ? speaker.say(Aspect.EXPRESSION) + "的" : "";
    }

    private String person(Person person, int index) {
        if (!speaker.has(Aspect.GARMENT)) {
            return one("个") + mood() + colour(index) + speaker.say(Aspect.PERSON) + pose(person);
        }
        StringBuilder phrase = new StringBuilder(one("个")).append(mood());
        if (detail() || form == CaptionForm.SHORT) {
            phrase.append("穿")
                    .append(colour(index))
                    .append(speaker.say(Aspect.GARMENT))
                    .append("的");
        }
        phrase.append(speaker.say(Aspect.PERSON));
        if (detail()) {
            phrase.append("，")
                    .append(speaker.say(Aspect.HAIR_COLOUR))
                    .append(speaker.say(Aspect.HAIR))
                    .append("发");
        }
        if (person.look().headwear() != Headwear.NONE && detail()) {
            phrase.append("，戴着").append(speaker.say(Aspect.ACCENT)).append("的").append(speaker.say(Aspect.HEADWEAR));
        }
        return phrase + pose(person);
    }

    private String pose(Person person) {
        return person.pose() == Pose.STANDING || !detail() ? "" : "，" + speaker.say(Aspect.POSE);
    }

    private String animal(Animal animal, int index) {
        String phrase = one("只") + mood() + colour(index) + speaker.say(Aspect.ANIMAL);
        return animal.wears() != Wearable.NONE && detail()
                ? phrase + "，戴着" + speaker.say(Aspect.ACCENT) + "的" + speaker.say(Aspect.WEARABLE)
                : phrase;
    }
}
