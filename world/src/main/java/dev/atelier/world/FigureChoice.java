package dev.atelier.world;

import dev.atelier.world.scene.Animal;
import dev.atelier.world.scene.AnimalKind;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Expression;
import dev.atelier.world.scene.Garment;
import dev.atelier.world.scene.HairColour;
import dev.atelier.world.scene.HairStyle;
import dev.atelier.world.scene.Headwear;
import dev.atelier.world.scene.Hue;
import dev.atelier.world.scene.Person;
import dev.atelier.world.scene.PersonKind;
import dev.atelier.world.scene.Pose;
import dev.atelier.world.scene.Side;
import dev.atelier.world.scene.Style;
import dev.atelier.world.scene.Wearable;
import java.util.ArrayList;
import java.util.List;

/** People and animals. */
record FigureChoice(Choice choice) {
    private static final List<Hue> FURS =
            List.of(Hue.BROWN, Hue.ORANGE, Hue.WHITE, Hue.GREY, Hue.YELLOW, Hue.PINK, Hue.BLUE);

    Person person(Dice dice, Style style, List<Hue> taken) {
        PersonKind kind = choice.of(dice, PersonKind.values());
        Hue colour = choice.hue(dice, style, taken);
        Person.Look look = new Person.Look(
                hair(dice, kind),
                choice.of(dice, HairColour.values()),
                garment(dice, kind),
                Headwear.NONE,
                choice.hue(dice, style, withSome(taken, colour)),
                dice.below(4));
        Headwear headwear = headwear(dice, kind, look.hair());
        return new Person(
                kind,
                colour,
                look.withHeadwear(headwear, look.accent()),
                expression(dice),
                choice.mostly(dice, 0.3, Pose.STANDING, Pose.values()),
                Side.CENTRE);
    }

    private HairStyle hair(Dice dice, PersonKind kind) {
        return switch (kind) {
            case BOY, MAN, ROBOT -> choice.of(dice, HairStyle.SHORT, HairStyle.CURLY);
            case GIRL -> choice.of(dice, HairStyle.values());
            case WOMAN -> choice.of(dice, HairStyle.LONG, HairStyle.BUN, HairStyle.CURLY, HairStyle.SHORT);
        };
    }

    private Garment garment(Dice dice, PersonKind kind) {
        return switch (kind) {
            case BOY, MAN, ROBOT -> choice.of(dice, Garment.SHIRT, Garment.COAT, Garment.HOODIE, Garment.SUIT);
            case GIRL, WOMAN ->
                choice.of(dice, Garment.DRESS, Garment.DRESS, Garment.SHIRT, Garment.COAT, Garment.HOODIE);
        };
    }

    /** Hats would hide hair that is worn on top of the head. */
    Headwear headwear(Dice dice, PersonKind kind, HairStyle hair) {
        if (kind == PersonKind.ROBOT || hair == HairStyle.BUN || dice.chance(0.45)) {
            return Headwear.NONE;
        }
        List<Headwear> possible = new ArrayList<>(List.of(Headwear.HAT, Headwear.CAP, Headwear.BEANIE, Headwear.CROWN));
        if (kind == PersonKind.GIRL || kind == PersonKind.WOMAN) {
            possible.add(Headwear.BOW);
        }
        return choice.of(dice, possible.toArray(Headwear[]::new));
    }

    Expression expression(Dice dice) {
        return choice.mostly(dice, 0.35, Expression.HAPPY, Expression.values());
    }

    Animal animal(Dice dice, Style style, List<Hue> taken) {
        AnimalKind kind = choice.of(dice, AnimalKind.values());
        Hue colour = fur(dice, style, kind, taken);
        Hue accent = choice.hue(dice, style, withSome(taken, colour));
        Wearable wears = choice.mostly(dice, 0.4, Wearable.NONE, Wearable.values());
        return new Animal(kind, colour, wears, accent, expression(dice), Side.CENTRE);
    }

    private Hue fur(Dice dice, Style style, AnimalKind kind, List<Hue> taken) {
        Hue natural = switch (kind) {
            case PANDA, PENGUIN -> Hue.BLACK;
            case PIG -> Hue.PINK;
            case FROG -> Hue.GREEN;
            case FOX -> Hue.ORANGE;
            case LION -> Hue.YELLOW;
            case CAT, DOG, RABBIT, BEAR, MOUSE, OWL -> dice.pick(FURS);
        };
        boolean possible = style.shows(natural) && choice.config().allows(natural) && !taken.contains(natural);
        return possible && dice.chance(0.7) ? natural : choice.hue(dice, style, withSome(taken, Hue.BLACK));
    }

    private static List<Hue> withSome(List<Hue> taken, Hue hue) {
        List<Hue> more = new ArrayList<>(taken);
        more.add(hue);
        return more;
    }
}
