package dev.atelier.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.training.dataset.WorldSource;
import dev.atelier.training.loop.Budget;
import dev.atelier.training.pretraining.Trainer;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.world.World;
import dev.atelier.world.WorldConfig;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportsTest {
    private static final Recipe RECIPE = Recipe.read("src/test/resources/tiny-recipe.yaml");

    @TempDir
    private Path folder;

    @Test
    void aRunLeavesSheetsOfItsSamplesAndAPlotOfItsLoss() throws IOException {
        List<String> notes = new ArrayList<>();
        RunReports reports =
                new RunReports(folder, List.of("a lake", "red mug", "山"), EngineOptions.defaults(), notes::add);

        new Trainer(RECIPE, new WorldSource(World.of(WorldConfig.simple()), 1), folder, reports)
                .train(new Trainer.Options(new Budget(4, 0), 100, 0, 2, 1));

        assertThat(notes).hasSize(2).allMatch(n -> n.startsWith("step ") && n.endsWith(".png"));
        assertThat(folder.resolve("loss.png")).isNotEmptyFile();
        BufferedImage sheet = ImageIO.read(folder.resolve("samples-2.png").toFile());
        // Two columns, of which the second has a picture in its first row only.
        assertThat(colours(sheet, 12, 12)).hasSizeGreaterThan(100);
        assertThat(colours(sheet, 280, 12)).hasSizeGreaterThan(100);
        assertThat(colours(sheet, 12, 343)).hasSizeGreaterThan(100);
        assertThat(colours(sheet, 280, 343)).containsExactly(0xffffff);
    }

    @Test
    void aSheetThatCannotBeMadeIsToldOfAndDoesNotStopTheRun() {
        List<String> notes = new ArrayList<>();
        RunReports reports = new RunReports(folder, List.of("a lake"), EngineOptions.defaults(), notes::add);

        reports.onSnapshot(folder.resolve("nothing"), 7);

        assertThat(notes).singleElement().asString().contains("samples-7.png was not drawn, training goes on");
    }

    private static Set<Integer> colours(BufferedImage image, int left, int top) {
        Set<Integer> out = new HashSet<>();
        for (int y = top; y < top + 256; y++) {
            for (int x = left; x < left + 256; x++) {
                out.add(image.getRGB(x, y) & 0xffffff);
            }
        }
        return out;
    }
}
