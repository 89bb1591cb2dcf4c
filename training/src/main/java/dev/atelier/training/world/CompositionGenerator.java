package dev.atelier.training.world;

import dev.atelier.training.world.caption.Instructions;
import dev.atelier.training.world.caption.Language;
import dev.atelier.training.world.scene.Dice;
import dev.atelier.training.world.scene.Family;
import dev.atelier.training.world.scene.Scene;
import dev.atelier.training.world.scene.Side;
import dev.atelier.training.world.scene.Studio;
import dev.atelier.training.world.scene.Subject;
import java.util.List;

/** Takes a subject from one scene and a place from another. */
record CompositionGenerator(SceneGenerator scenes) {

    Composition composition(Dice dice, Language language) {
        Instructions words = new Instructions(language, dice);
        Scene first = single(dice);
        Scene second = single(dice);
        Subject subject = first.subjects().getFirst().at(Side.CENTRE);
        Scene target = new Scene(second.seed(), second.style(), second.setting(), List.of(subject));
        return new Composition(List.of(first, second), target, words.putIntoPlace(subject), language);
    }

    private Scene single(Dice dice) {
        Scene scene = scenes.scene(dice, Family.PRODUCT);
        Subject subject = scene.subjects().getFirst().at(Side.CENTRE);
        return new Scene(scene.seed(), scene.style(), (Studio) scene.setting(), List.of(subject));
    }
}
