package dev.atelier.world;

import dev.atelier.world.caption.Instructions;
import dev.atelier.world.caption.Language;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes one thing about a scene and says which. */
record EditGenerator(SceneGenerator scenes) {
    private static final int ATTEMPTS = 1_000;

    EditPair edit(Dice dice, Language language) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Scene source = scenes.scene(dice);
            Instructions words = new Instructions(language, dice);
            SubjectEdits subjects = new SubjectEdits(scenes, words, dice, source);
            PlaceEdits places = new PlaceEdits(scenes, words, dice, source);
            List<EditKind> kinds = new ArrayList<>(List.of(EditKind.values()));
            while (!kinds.isEmpty()) {
                EditKind kind = kinds.remove(dice.below(kinds.size()));
                Optional<Change> change = switch (kind) {
                    case RECOLOUR -> subjects.recolour();
                    case ADD -> subjects.add();
                    case REMOVE -> subjects.remove();
                    case REPLACE -> subjects.replace();
                    case MATERIAL -> subjects.material();
                    case EXPRESSION -> subjects.expression();
                    case MOVE -> subjects.move();
                    case TEXT -> places.text();
                    case BACKGROUND -> places.background();
                    case TIME -> places.time();
                    case WEATHER -> places.weather();
                    case SEASON -> places.season();
                    case STYLE -> places.style();
                };
                if (change.isPresent() && possible(change.get().to())) {
                    Change made = change.get();
                    return new EditPair(kind, made.from(), made.to(), made.instruction(), language);
                }
            }
        }
        throw new IllegalStateException(
                "families: no scene of " + scenes.config().families().keySet() + " can be edited");
    }

    private boolean possible(Scene target) {
        return !scenes.heldOut(target) && scenes.suits(target);
    }
}
