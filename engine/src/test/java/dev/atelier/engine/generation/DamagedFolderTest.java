package dev.atelier.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.TinyModels;
import dev.atelier.engine.tensor.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged model folder ends in an error that names a file, never in anything else; what loads after a harmless change is fine. */
class DamagedFolderTest {
    private static final long SEED = 20261122;
    private static final int TRIES = 1_000;

    @TempDir
    private Path folder;

    @Test
    void aThousandDamagedFoldersEndInAClearErrorOrLoad() throws IOException {
        TinyModels.base(folder);
        List<Path> files = files();
        SplittableRandom random = new SplittableRandom(SEED);
        int refused = 0;
        for (int i = 0; i < TRIES; i++) {
            Path file = files.get(random.nextInt(files.size()));
            byte[] whole = Files.readAllBytes(file);
            String how = damage(file, whole, random);
            refused += refuses(file, how, i) ? 1 : 0;
            Files.write(file, whole);
        }
        assertThat(refused).isGreaterThan(TRIES / 2);
        assertThat(refuses(folder, "nothing", TRIES)).isFalse();
    }

    private boolean refuses(Path file, String how, int attempt) {
        try (Flux2Pipeline _ = Flux2Pipeline.open(folder, EngineOptions.defaults())) {
            return false;
        } catch (EngineException e) {
            assertThat(e.getMessage())
                    .as("attempt %d, %s of %s", attempt, how, file)
                    .contains(folder.toString())
                    .doesNotContain("\n");
            return true;
        } catch (RuntimeException e) {
            return fail("attempt %d, %s of %s".formatted(attempt, how, file), e);
        }
    }

    private static String damage(Path file, byte[] whole, SplittableRandom random) throws IOException {
        boolean json = file.toString().endsWith("json");
        return switch (random.nextInt(json ? 4 : 3)) {
            case 0 -> {
                Files.write(file, Arrays.copyOf(whole, random.nextInt(whole.length)));
                yield "truncation";
            }
            case 1 -> {
                byte[] flipped = whole.clone();
                // The head of a safetensors file is where damage can be seen; a changed weight is only another number.
                int reach = json ? whole.length : Math.min(whole.length, 2_000);
                for (int i = 0; i < 1 + random.nextInt(4); i++) {
                    flipped[random.nextInt(reach)] = (byte) random.nextInt(256);
                }
                Files.write(file, flipped);
                yield "flipped bytes";
            }
            case 2 -> {
                Files.delete(file);
                yield "removal";
            }
            default -> {
                String text = new String(whole, java.nio.charset.StandardCharsets.UTF_8);
                List<String> numbers = List.of("-1", "0", "1e309", "99999999999", "null", "\"x\"", "[]", "{}", "true");
                String changed = text.replaceFirst(
                        "(?s)(.{" + random.nextInt(Math.max(1, text.length() - 20))
                                + "}.*?: ?)(\\d+|true|false|\"[^\"]*\")",
                        "$1" + numbers.get(random.nextInt(numbers.size())));
                Files.writeString(file, changed);
                yield "another value";
            }
        };
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(f -> f.toString().endsWith("json") || f.toString().endsWith("safetensors"))
                    .sorted()
                    .toList();
        }
    }
}
