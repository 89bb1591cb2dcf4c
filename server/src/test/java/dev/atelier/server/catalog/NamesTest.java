package dev.atelier.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.server.error.ApiException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names that clients have fixed. */
class NamesTest {
    private static final Catalog CATALOG = CatalogFixture.with(Map.of());

    @ParameterizedTest
    @CsvSource({
        "gpt-image-1, ANY",
        "gpt-image-1-mini, ANY",
        "gpt-image-1.5, ANY",
        "GPT-Image-1.5, ANY",
        "chatgpt-image-latest, ANY",
        "dall-e-2, ANY",
        "dall-e-3, ANY",
        "openai/gpt-image-1, ANY",
        "openai/dall-e-3, ANY",
        "openai/chatgpt-image-latest, ANY",
        "doubao-seedream-4-0-250828, ANY",
        "doubao-seedream-4-5-251128, ANY",
        "doubao-seedream-5-0-260128, ANY",
        "Doubao-Seedream-4-5-251128, ANY",
        "seedream-4-5-251128, ANY",
        "bytedance/seedream-v4, TEXT_TO_IMAGE",
        "bytedance/seedream-v4/edit, EDIT",
        "bytedance/seedream-v4.5/sequential, SEQUENTIAL",
        "bytedance/seedream-v5.0-lite, TEXT_TO_IMAGE",
        "ByteDance/Seedream-V5.0-Lite/Edit-Sequential, EDIT_SEQUENTIAL",
        "SEEDLING-1, ANY"
    })
    void areServedByTheLocalModel(String name, Listing.Variant variant) {
        Listing listing = CATALOG.get(name);

        assertThat(listing.variant()).isEqualTo(variant);
        assertThat(listing.model().id()).isEqualTo("seedling-1");
        assertThat(listing.name()).isEqualToIgnoringCase(name);
        assertThat(listing.known()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-image-",
                "gpt-image-1/edit",
                "ep-20250828-abc",
                "x/y",
                "",
                "doubao-seedream-3-0-t2i",
                "gpt-image-1 ",
                "gpt-image-\u0000"
            })
    void othersAreRefused(String name) {
        assertThatThrownBy(() -> CATALOG.get(name))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("is not in the catalog; there are seedling-1, ");
    }

    @Test
    void othersAreServedWhereTheSettingsSayByWhat() {
        Catalog open = CatalogFixture.with(Map.of("atelier.unknown-model", "default"));

        assertThat(open.get("ep-20250828-abc")).satisfies(listing -> {
            assertThat(listing.name()).isEqualTo("ep-20250828-abc");
            assertThat(listing.model().id()).isEqualTo("seedling-1");
            assertThat(listing.known()).isFalse();
        });
        assertThat(open.find("no name\n")).isEmpty();
        assertThatThrownBy(() -> CatalogFixture.with(Map.of("atelier.unknown-model", "flux")))
                .hasMessageContaining(
                        "atelier.unknown-model: 'flux' is neither default nor one of the models [seedling-1]");
    }

    @Test
    void aPatternThatIsNoneIsNamed(@TempDir Path folder) throws Exception {
        String shipped = Files.readString(Path.of("src", "main", "resources", "atelier", "catalog.yaml"));
        Path file = Files.writeString(
                folder.resolve("catalog.yaml"), shipped.replace("- gpt-image-*\n", "- \"gpt image [0-9]\"\n"));

        assertThatThrownBy(() -> CatalogFixture.with(Map.of("atelier.catalog", file.toString())))
                .hasMessageContaining("patterns: 'gpt image [0-9]' is no name");
    }

    @Test
    void anotherModelStandsBehindPatternsToo() {
        Path klein = Path.of("..", "engine", "src", "test", "resources", "parity", "klein-small")
                .toAbsolutePath()
                .normalize();

        Listing listing =
                CatalogFixture.with(Map.of("atelier.model", klein.toString())).get("dall-e-3");

        assertThat(listing.model().id()).isEqualTo("klein-small");
        assertThat(listing.about().displayName()).endsWith("(served by klein-small)");
    }
}
