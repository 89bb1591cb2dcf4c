package dev.atelier.world;

import dev.atelier.world.caption.Caption;
import dev.atelier.world.caption.CaptionForm;
import dev.atelier.world.caption.Captioner;
import dev.atelier.world.caption.Instructions;
import dev.atelier.world.caption.Language;
import dev.atelier.world.scene.Animal;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Drawing;
import dev.atelier.world.scene.Expression;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Noun;
import dev.atelier.world.scene.Person;
import dev.atelier.world.scene.Pose;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Setting;
import dev.atelier.world.scene.Side;
import dev.atelier.world.scene.Studio;
import dev.atelier.world.scene.Style;
import dev.atelier.world.scene.Subject;
import java.util.ArrayList;
import java.util.List;

/** Follows one subject through several shots. */
record SequenceGenerator(SceneGenerator scenes) {
    private static final int MOST_REFUSED = 30;

    ShotSequence sequence(Dice dice, int count, Language language) {
        boolean drawn = scenes.config().draws(Family.THINGS) && dice.chance(0.4);
        Style style = drawn
                ? scenes.drawings().style(dice)
                : dice.weighted(scenes.config().styles());
        Subject constant = subject(dice, style, drawn);
        List<Scene> shots = new ArrayList<>();
        List<Caption> prompts = new ArrayList<>();
        int refused = 0;
        while (shots.size() < count) {
            if (refused == MOST_REFUSED) {
                // The subject itself is a held-out combination: no place would do.
                constant = subject(dice, style, drawn);
                shots.clear();
                prompts.clear();
                refused = 0;
            }
            Subject subject = varied(dice, constant);
            Scene shot = new Scene(dice.nextLong(), style, place(dice, style, subject), List.of(subject));
            if (scenes.heldOut(shot)) {
                refused++;
            } else {
                shots.add(shot);
                prompts.add(Captioner.caption(shot, language, CaptionForm.SENTENCE, dice.nextLong()));
            }
        }
        return new ShotSequence(
                shots, prompts, constant, new Instructions(language, dice).identity(constant), language);
    }

    /** A person, an animal or a thing, as the configuration has them. */
    private Subject subject(Dice dice, Style style, boolean drawn) {
        if (drawn) {
            Noun noun = scenes.drawings().noun(dice, style, _ -> true);
            return scenes.drawings().drawing(dice, noun, Side.CENTRE, 3);
        }
        WorldConfig config = scenes.config();
        boolean person = config.draws(Family.CHARACTER);
        boolean animal = config.draws(Family.ANIMAL);
        if (person && dice.chance(0.5)) {
            return scenes.figures().person(dice, style, List.of());
        }
        if (animal && dice.chance(0.5)) {
            return scenes.figures().animal(dice, style, List.of());
        }
        return scenes.interiors().things(dice, style, List.of(Side.CENTRE)).getFirst();
    }

    private Setting place(Dice dice, Style style, Subject subject) {
        if (subject instanceof Drawing drawing) {
            Setting place = scenes.drawings().place(dice, style, drawing.kind());
            return place instanceof Studio studio && drawing.colours().contains(studio.backdrop())
                    ? scenes.interiors().studio(dice, drawing.colours())
                    : place;
        }
        boolean figure = subject instanceof Person || subject instanceof Animal;
        return figure
                ? scenes.place(dice, style, subject)
                : scenes.interiors().studio(dice, SceneGenerator.coloursOf(subject));
    }

    /** The same subject in another place of the picture, mood and pose. */
    private Subject varied(Dice dice, Subject constant) {
        Subject moved = constant.at(dice.pick(Side.values()));
        Expression expression = scenes.figures().expression(dice);
        return switch (moved) {
            case Person person ->
                person.with(expression).with(dice.pick(Pose.values())).at(Side.CENTRE);
            case Animal animal -> animal.with(expression).at(Side.CENTRE);
            default -> moved;
        };
    }
}
