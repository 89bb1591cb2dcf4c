package dev.atelier.training.evaluation;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureResizer;
import dev.atelier.world.scene.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;

/**
 * The command {@code tesseract}, which reads free text, where it is installed: one process a picture, which has some seconds.
 *
 * @param command its name or path
 * @param scripts that it has the data of a language for
 */
record Tesseract(String command, Set<Script> scripts) {
    private static final int SECONDS = 30;
    /** Pixels a side at which letters of a small picture are large enough for it. */
    private static final int SIDE = 1024;
    /** Its number for text anywhere in a picture, in no order. */
    private static final String SPARSE = "11";

    /** @return without scripts where the command is not installed or has none of their data */
    static Tesseract find(String command) {
        Set<Script> scripts = EnumSet.noneOf(Script.class);
        List<String> languages = run(List.of(command, "--list-langs"));
        for (Script script : Script.values()) {
            if (languages.contains(language(script))) {
                scripts.add(script);
            }
        }
        return new Tesseract(command, scripts);
    }

    private static String language(Script script) {
        return switch (script) {
            case LATIN -> "eng";
            case CHINESE -> "chi_sim";
        };
    }

    /** The lines that it reads, letters, figures and characters only, in capitals; none where it fails. */
    List<String> read(Picture picture, Script script) {
        Path file = null;
        try {
            file = Files.createTempFile("atelier-reading", ".png");
            ImageIO.write(PictureResizer.resize(picture, SIDE, SIDE).toImage(), "png", file.toFile());
            List<String> lines =
                    run(List.of(command, file.toString(), "stdout", "-l", language(script), "--psm", SPARSE));
            return lines.stream()
                    .map(Tesseract::plain)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(file);
        }
    }

    /** What counts when texts are compared. */
    static String plain(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}]", "").toUpperCase(Locale.ROOT);
    }

    /** The lines of a command's answer, both streams; none when it cannot be started, fails or takes too long. */
    private static List<String> run(List<String> line) {
        Path answer = null;
        try {
            answer = Files.createTempFile("atelier-reading", ".txt");
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(answer.toFile())
                    .start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return List.of();
            }
            return process.exitValue() == 0 ? lines(answer) : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            delete(answer);
        }
    }

    private static List<String> lines(Path file) throws IOException {
        return new ArrayList<>(Arrays.asList(Files.readString(file).split("\\R")));
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
