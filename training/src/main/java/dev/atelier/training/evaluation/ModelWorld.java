package dev.atelier.training.evaluation;

import dev.atelier.training.recipe.Recipe;
import dev.atelier.world.WorldConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The world that a model was trained in, as the recipe in its folder says.
 *
 * @param source the file that says so
 */
public record ModelWorld(WorldConfig config, Path source) {
    /** Empty when {@code model} holds no recipe. */
    public static Optional<ModelWorld> of(Path model) {
        try (Stream<Path> files = Files.list(model)) {
            List<Path> recipes = files.filter(
                            file -> file.getFileName().toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            for (Path recipe : recipes) {
                try {
                    return Optional.of(new ModelWorld(Recipe.readWorld(recipe).config(), recipe));
                } catch (IllegalArgumentException e) {
                    // Another YAML file: if no other is found, no world is recorded.
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
