package dev.atelier.engine.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.tensor.EngineException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * References whose sides are no multiples. diffusers takes their middle, so a picture with a margin around it that is cut away again
 * must give the numbers that diffusers computed from the picture alone.
 */
class ParityReferencesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    /** Our own pipelines would scale those of which more than a sixteenth is cut off. */
    @ParameterizedTest
    @CsvSource({
        "klein-small, edit, 1, 0",
        "klein-small, edit, 5, 3",
        "klein-small, edit, 7, 7",
        "klein-small, compose, 6, 1",
        "klein-small, compose-kv, 3, 4",
        "base-small, edit-cfg, 15, 13",
        "base-small, edit-cfg, 2, 9"
    })
    void marginsBelowAMultipleAreCutAway(String model, String name, int right, int bottom) throws IOException {
        onlyCase(model, name);
        for (String file : references()) {
            frame(folder.resolve(file), right, bottom);
        }

        assertThat(ParityCheck.run(folder, EngineOptions.defaults()))
                .hasSizeGreaterThan(5)
                .allMatch(ParityCheck.Result::passed);
    }

    @Test
    void aPictureBelowAMultipleIsRefusedByItsName() throws IOException {
        onlyCase("klein-small", "edit");
        write(folder.resolve("edit-ref0.png"), new BufferedImage(40, 7, BufferedImage.TYPE_INT_RGB));

        assertThatThrownBy(() -> ParityCheck.run(folder, EngineOptions.defaults()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("edit-ref0.png: reference: 40x7")
                .hasMessageContaining("has a side below 8");
    }

    @Test
    void aFileThatIsNoPictureIsRefusedByItsName() throws IOException {
        onlyCase("klein-small", "edit");
        Files.writeString(folder.resolve("edit-ref0.png"), "no picture");

        assertThatThrownBy(() -> ParityCheck.run(folder, EngineOptions.defaults()))
                .isInstanceOf(EngineException.class)
                .hasMessageEndingWith("edit-ref0.png: is no picture that can be read");
    }

    private void onlyCase(String model, String name) throws IOException {
        Path source = Path.of("src/test/resources/parity").resolve(model);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = folder.resolve(source.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        ArrayNode only = JSON.createArrayNode();
        JSON.readTree(folder.resolve("cases.json").toFile()).forEach(one -> {
            if (one.get("case").asString().equals(name)) {
                only.add(one);
            }
        });
        assertThat(only).hasSize(1);
        Files.writeString(folder.resolve("cases.json"), JSON.writeValueAsString(only));
    }

    private List<String> references() {
        return JSON.readTree(folder.resolve("cases.json").toFile())
                .get(0)
                .get("references")
                .valueStream()
                .map(file -> file.asString())
                .toList();
    }

    /** Wider by {@code right} and higher by {@code bottom} pixels in all, half of them (the smaller half) left and above. */
    private static void frame(Path file, int right, int bottom) throws IOException {
        BufferedImage inner = ImageIO.read(file.toFile());
        BufferedImage framed =
                new BufferedImage(inner.getWidth() + right, inner.getHeight() + bottom, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = framed.createGraphics();
        graphics.setColor(Color.MAGENTA);
        graphics.fillRect(0, 0, framed.getWidth(), framed.getHeight());
        graphics.drawImage(inner, right / 2, bottom / 2, null);
        graphics.dispose();
        write(file, framed);
    }

    private static void write(Path file, BufferedImage image) throws IOException {
        ImageIO.write(image, "png", file.toFile());
    }
}
