package dev.atelier.training.world;

import dev.atelier.training.world.caption.Caption;
import dev.atelier.training.world.caption.CaptionForm;
import dev.atelier.training.world.caption.Captioner;
import dev.atelier.training.world.caption.Instructions;
import dev.atelier.training.world.caption.Language;
import dev.atelier.training.world.scene.Dice;
import dev.atelier.training.world.scene.Family;
import dev.atelier.training.world.scene.Scene;
import dev.atelier.training.world.scene.Side;
import dev.atelier.training.world.scene.Subject;
import java.util.ArrayList;
import java.util.List;

/** Follows one subject through several shots. */
record SequenceGenerator(SceneGenerator scenes) {

    ShotSequence sequence(Dice dice, int count, Language language) {
        Scene first = scenes.scene(dice, Family.PRODUCT);
        Subject constant = first.subjects().getFirst();
        List<Scene> shots = new ArrayList<>();
        List<Caption> prompts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Subject subject = constant.at(dice.pick(Side.values()));
            Scene shot = new Scene(
                    dice.nextLong(), first.style(), scenes.choice().studio(dice, List.of(subject)), List.of(subject));
            shots.add(shot);
            prompts.add(Captioner.caption(shot, language, CaptionForm.SENTENCE, dice.nextLong()));
        }
        String identity = new Instructions(language, dice).identity(constant);
        return new ShotSequence(shots, prompts, constant, identity, language);
    }
}
