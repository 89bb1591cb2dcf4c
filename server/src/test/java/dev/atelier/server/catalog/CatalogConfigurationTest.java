package dev.atelier.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.server.AtelierProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Which models there are for which settings. */
class CatalogConfigurationTest {
    private static final Path KLEIN = Path.of("..", "engine", "src", "test", "resources", "parity", "klein-small")
            .toAbsolutePath()
            .normalize();

    @TempDir
    Path folder;

    @Test
    void anotherModelStandsBehindEveryNameAndEveryNameSaysSo() {
        Catalog catalog = catalog(Map.of("atelier.model", KLEIN.toString(), "atelier.precision", "int8"));

        assertThat(catalog.models()).singleElement().satisfies(model -> {
            assertThat(model.id()).isEqualTo("klein-small");
            assertThat(model.source()).isEqualTo("folder:" + KLEIN);
            assertThat(model.precision()).isEqualTo("int8");
            assertThat(model.bounds().sizeMultiple()).isEqualTo(8);
            assertThat(model.defaults().size()).isEqualTo(512);
            assertThat(model.defaults().steps()).isEqualTo(4);
        });
        assertThat(catalog.listings()).hasSize(13).filteredOn(Listing::isAlias).allSatisfy(listing -> {
            assertThat(listing.model().id()).isEqualTo("klein-small");
            assertThat(listing.about().displayName()).endsWith("(served by klein-small)");
            assertThat(listing.about().profile()).contains("klein-small").doesNotContain("seedling");
        });
    }

    @Test
    void theEmbeddedModelCanBeKeptOtherwise() {
        Catalog catalog = catalog(Map.of("atelier.model", "seedling-1", "atelier.precision", "fp32"));

        assertThat(catalog.models()).singleElement().satisfies(model -> {
            assertThat(model.source()).isEqualTo("embedded:seedling-1");
            assertThat(model.precision()).isEqualTo("fp32");
        });
    }

    @Test
    void quotedTextIsTreatedAsTheSettingSays() {
        assertThat(catalog(Map.of()).first().model().bounds().glyphReference()).isEqualTo("auto");
        assertThat(catalog(Map.of("atelier.glyph-reference", "off"))
                        .first()
                        .model()
                        .bounds()
                        .glyphReference())
                .isEqualTo("off");
        assertThat(catalog(Map.of("atelier.model", KLEIN.toString(), "atelier.glyph-reference", "on"))
                        .first()
                        .model()
                        .bounds()
                        .glyphReference())
                .isEqualTo("on");
        assertThatThrownBy(() -> catalog(Map.of("atelier.glyph-reference", "maybe")))
                .rootCause()
                .hasMessage("glyph-reference: 'maybe' is none of auto, on, off");
    }

    @Test
    void aCatalogFileIsTakenAsItIs() throws IOException {
        Path file = folder.resolve("catalog.yaml");
        Files.copy(Path.of("src", "main", "resources", "atelier", "catalog.yaml"), file);

        assertThat(catalog(Map.of("atelier.catalog", file.toString(), "atelier.precision", "int8"))
                        .models())
                .extracting(ModelEntry::precision)
                .containsExactly("stored");
    }

    @Test
    void whatIsWrongIsNamed() throws IOException {
        assertThatThrownBy(() -> catalog(Map.of("atelier.model", folder.toString())))
                .hasMessageStartingWith("atelier.model: ")
                .hasMessageContaining(folder.toString());
        assertThatThrownBy(() -> catalog(Map.of("atelier.precision", "fp8")))
                .rootCause()
                .hasMessageContaining("fp8");
        Path file = Files.writeString(folder.resolve("catalog.yaml"), "models: []");
        assertThatThrownBy(() -> catalog(Map.of("atelier.catalog", file.toString())))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("at least one is needed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "models: [|something stands where it cannot (line 1",
                "models: {a: b: c}|(line 1",
                "models: many|models: expected a list",
                "models: [{id: a, bounds: lots}]|models[0].bounds: expected keys with values",
                "models: [{id: [1]}]|models[0].id: expected a text",
                "models: [{id: a, bounds: {images: lots}}]|'lots' is not a whole number"
            })
    void whatAParserRefusesIsSaidInPlainWords(String text, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("catalog.yaml"), text);
        assertThatThrownBy(() -> catalog(Map.of("atelier.catalog", file.toString())))
                .message()
                .contains("catalog " + file + ": ", message)
                .doesNotContain("Unexpected", "Cannot", "deserialize", "java.", "while parsing", "Feature", "token");
    }

    private Catalog catalog(Map<String, String> settings) {
        Binder binder = new Binder(new MapConfigurationPropertySource(settings));
        return new CatalogConfiguration()
                .catalog(
                        binder.bindOrCreate("atelier", AtelierProperties.class),
                        binder.bindOrCreate("atelier", ModelSettings.class));
    }
}
