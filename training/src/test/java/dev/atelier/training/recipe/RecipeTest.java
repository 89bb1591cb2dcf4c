package dev.atelier.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.tensor.Device;
import dev.atelier.training.dataset.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
    @TempDir
    private Path folder;

    @Test
    void theRecipeOfTheNextModelHasASharpener() {
        Recipe recipe = Recipe.read("seedling-2");

        assertThat(recipe.sharpener().channels()).isEqualTo(192);
        assertThat(recipe.autoencoder().channels()).isEqualTo(128);
        assertThat(recipe.trains(Task.GLYPH)).isTrue();
        assertThat(recipe.sharpener().glyphShare()).isEqualTo(0.06);
    }

    @Test
    void anOlderRecipeTrainsNoLetters() {
        assertThat(Recipe.read("seedling-cpu").trains(Task.GLYPH)).isFalse();
        assertThat(Recipe.read("seedling-cpu").trains(Task.EDIT)).isTrue();
    }

    @Test
    void aSharpenerOutOfBoundsIsRefusedByItsKey() {
        assertThatThrownBy(() -> new SharpenerRecipe(
                        100, 32, 192, 600, 0.25, 0.6, 4, 8, 16, 4, 4, 1500, 0.25, null, 0.001, 0.01))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "sharpener.size: 100; a multiple of a token's 32 pixels and at least a window of 8 tokens expected");
    }

    @Test
    void aStageByItselfHasTheWholeRun() {
        Recipe recipe = Recipe.read("seedling-2");

        Recipe distillation = recipe.stage("few-steps");

        assertThat(distillation.stages()).hasSize(1);
        assertThat(distillation.stages().getFirst().distil())
                .isEqualTo(recipe.stages().getLast().distil());
        assertThat(distillation.endOf(0)).isEqualTo(1);
        assertThatThrownBy(() -> recipe.stage("finetune"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stage: recipe seedling-2 has no stage 'finetune'; it has together, few-steps");
    }

    @Test
    void theRecipesOfAtelierAreUnderstood() {
        Recipe cpu = Recipe.read("seedling-cpu");
        Recipe gpu = Recipe.read("seedling-gpu");

        assertThat(cpu.autoencoder()).isInstanceOf(AutoencoderRecipe.PatchTransform.class);
        assertThat(cpu.trainingDevice()).isEqualTo(Device.CPU);
        assertThat(gpu.autoencoder()).isInstanceOf(AutoencoderRecipe.Convolutional.class);
        assertThat(gpu.autoencoder().patchSize()).isEqualTo(32);
        assertThat(gpu.autoencoder().channels()).isEqualTo(64);
        assertThat(gpu.trainingDevice()).isEqualTo(Device.parse("cuda:0"));
        assertThat(gpu.withDevice(Device.CPU).trainingDevice()).isEqualTo(Device.CPU);
        assertThat(gpu.withDevice(Device.CPU).withDevice(Device.parse("cuda"))).isEqualTo(gpu);
    }

    @ParameterizedTest
    @ValueSource(strings = {"seedling-cpu", "seedling-2", "seedling-gpu"})
    void aRecipeThatWasWrittenIsReadAsItWas(String name) throws IOException {
        Recipe recipe = Recipe.read(name);
        Path file = Files.writeString(folder.resolve("recipe.yaml"), recipe.toYaml());

        assertThat(Recipe.read(file.toString())).isEqualTo(recipe);
        assertThat(Recipe.readWorld(file)).isEqualTo(recipe.world());
    }

    @Test
    void anUnknownDeviceIsNamed() throws IOException {
        String text = Files.readString(Path.of("src/test/resources/tiny-recipe.yaml"));
        Path file = Files.writeString(folder.resolve("recipe.yaml"), text + "device: mps\n");

        assertThatThrownBy(() -> Recipe.read(file.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'mps' is none of cpu, cuda, cuda:N");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        batch: 4,            | batch: four,         | stages[0].batch: 'four' is not a whole number
        clip: 1.0            | clip: [1]            | optimization.clip: expected a number
        warmup: 2            | warmup: 2, heat: 1   | optimization.heat: not known; known here:
        stages:              | stages: [            | (line
        autoencoder:         | autoencoder: {       | (line
        precision: bf16      | precision: fp8       | 'fp8' is not one of
        """)
    void whatAParserRefusesIsSaidInPlainWords(String from, String to, String message) throws IOException {
        String text = Files.readString(Path.of("src/test/resources/tiny-recipe.yaml"));
        assertThat(text).contains(from);
        Path file = Files.writeString(folder.resolve("recipe.yaml"), text.replaceFirst(from, to));

        assertThatThrownBy(() -> Recipe.read(file.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains(message)
                .doesNotContain(
                        "Unexpected",
                        "Cannot",
                        "deserialize",
                        "java.",
                        "while parsing",
                        "Feature",
                        "mapping",
                        "token",
                        "Unrecognized");
    }

    @Test
    void factsCountForNothingWhereTheRecipeDoesNotNameThem() throws IOException {
        String text = Files.readString(Path.of("src/test/resources/tiny-recipe.yaml"));
        Path file = Files.writeString(folder.resolve("recipe.yaml"), text.replace(", fact_weight: 0.1", ""));

        assertThat(Recipe.read("src/test/resources/tiny-recipe.yaml").text().factWeight())
                .isEqualTo(0.1);
        assertThat(Recipe.read(file.toString()).text().factWeight()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        batch: 4,            | batch: 0,            | stages: pretrain: batch: 0; 1 or more expected
        fresh: 1             | fresh: 5             | stages: pretrain: fresh: 5; 0 to 4 expected
        size: 64, batch: 4   | size: 60, batch: 4   | stages: pretrain: size: 60; a multiple of a token's 16 pixels expected
        share: 0.4           | share: 0.5           | stages: shares add up to
        clip: 1.0            | clip: 0.0            | optimization.clip: 0; above 0 expected
        prompt_dropout: 0.1  | prompt_dropout: 1.5  | optimization.prompt_dropout: 1.5; 0 to 1 expected
        precision: bf16      | accumulate: 0, precision: bf16 | optimization.accumulate: 0; 1 or more expected
        fact_weight: 0.1     | fact_weight: -1      | text.fact_weight: -1; 0 or more expected
        warmup: 2            | warmup: 2, heat: 1   | heat
        autoencoder:         | autoencoder: null #  | autoencoder: missing
        """)
    void whatIsWrongInARecipeIsNamed(String from, String to, String message) throws IOException {
        String text = Files.readString(Path.of("src/test/resources/tiny-recipe.yaml"));
        assertThat(text).contains(from);
        Path file = Files.writeString(folder.resolve("recipe.yaml"), text.replaceFirst(from, to));

        assertThatThrownBy(() -> Recipe.read(file.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
