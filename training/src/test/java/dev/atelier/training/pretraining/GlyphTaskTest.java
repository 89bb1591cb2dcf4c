package dev.atelier.training.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.generation.ModelOutline;
import dev.atelier.training.dataset.Task;
import dev.atelier.training.dataset.WorldSource;
import dev.atelier.training.loop.Budget;
import dev.atelier.training.loop.TrainingListener;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.world.World;
import dev.atelier.world.WorldConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlyphTaskTest {
    private static final Path TINY = Path.of("src/test/resources/tiny-recipe.yaml");

    @TempDir
    private Path folder;

    @Test
    void aFolderThatWasTaughtLettersSaysSoAndOthersDoNot() throws IOException {
        Path recipe = folder.resolve("glyph.yaml");
        Files.writeString(
                recipe,
                Files.readString(TINY)
                        .replace(
                                "name: pretrain, share: 0.4, size: 64, batch: 4, tasks: {text_to_image: 1.0}",
                                "name: pretrain, share: 0.4, size: 64, batch: 4, tasks: {glyph: 1.0}"));

        assertThat(ModelOutline.read(trained(Recipe.read(recipe.toString()))).glyphReference())
                .isTrue();
        assertThat(folder.resolve("glyph/log.jsonl")).content().contains("\"task\":\"glyph\"");
        assertThat(ModelOutline.read(trained(Recipe.read(TINY.toString()))).glyphReference())
                .isFalse();
    }

    private Path trained(Recipe recipe) {
        Path run = folder.resolve(recipe.trains(Task.GLYPH) ? "glyph" : "plain");
        return new Trainer(recipe, new WorldSource(World.of(WorldConfig.simple()), 1), run, new TrainingListener() {})
                .train(new Trainer.Options(new Budget(3, 0), 10, 0, 0, 1));
    }
}
