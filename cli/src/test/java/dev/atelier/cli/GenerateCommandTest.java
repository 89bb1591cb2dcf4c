package dev.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.codec.PictureLimits;
import dev.atelier.engine.image.codec.PictureReader;
import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.pipeline.EditScope;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.pipeline.SequenceRequest;
import dev.atelier.engine.tensor.EngineException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerateCommandTest extends CommandLineFixture {
    private Path model;
    private Path out;

    @BeforeEach
    void prepare() throws IOException {
        model = Files.createDirectories(home.resolve(".cache/atelier/models/studio/klein"));
        Files.writeString(model.resolve("model_index.json"), "{}");
        out = home.resolve("my pictures");
        variables.put("ATELIER_MODEL", "klein");
    }

    @Test
    void aPictureIsMadeAsAskedAndItsNamePrinted() {
        Outcome outcome = run(
                "generate",
                "a red fox",
                "--exact",
                "--size",
                "640x320",
                "--steps",
                6,
                "--guidance",
                2.5,
                "--negative",
                "rain",
                "--seed",
                7,
                "-o",
                out.resolve("fox.png"));

        assertThat(outcome.code()).isZero();
        assertThat(outcome.outLines()).containsExactly(out.resolve("fox.png").toString());
        assertThat(outcome.err()).contains("seed 7").contains("step 1/4");
        assertThat(pipeline.folder).isEqualTo(model);
        assertThat(pipeline.closed).isTrue();
        assertThat(pipeline.requests)
                .containsExactly(new ImageRequest(
                        "a red fox",
                        "rain",
                        640,
                        320,
                        6,
                        2.5,
                        List.of(7L),
                        List.of(),
                        false,
                        List.of(),
                        EditScope.FREE));
        assertThat(PictureReader.read(bytes(out.resolve("fox.png")), PictureLimits.DEFAULT)
                        .width())
                .isEqualTo(640);
    }

    @Test
    void severalPicturesAreOneBatchWithSeedsInARow() {
        Outcome outcome = run("generate", "a fox", "--exact", "-n", 3, "--seed", 40, "-o", out.resolve("fox.jpg"));

        assertThat(pipeline.requests)
                .singleElement()
                .satisfies(request -> assertThat(request.seeds()).containsExactly(40L, 41L, 42L));
        assertThat(outcome.outLines())
                .containsExactly(
                        out.resolve("fox-1.jpg").toString(),
                        out.resolve("fox-2.jpg").toString(),
                        out.resolve("fox-3.jpg").toString());
    }

    @Test
    void largePicturesAreMadeOneAfterTheOtherAndCountedAcrossTheWholePlan() {
        Outcome outcome = run(
                "generate",
                "a fox",
                "--exact",
                "-n",
                2,
                "--seed",
                40,
                "--size",
                "1024x1024",
                "-o",
                out.resolve("fox.png"));

        assertThat(pipeline.requests).extracting(ImageRequest::seeds).containsExactly(List.of(40L), List.of(41L));
        assertThat(outcome.err()).contains("image 1/2: step 1/4").contains("image 2/2: step 1/4");
        assertThat(outcome.outLines())
                .containsExactly(
                        out.resolve("fox-1.png").toString(),
                        out.resolve("fox-2.png").toString());
    }

    @Test
    void withoutANumberTheWordsSayHowManyPicturesThereAre() {
        Outcome outcome = run("generate", "three pictures of a fox: asleep, awake, running", "-o", out);

        assertThat(outcome.outLines()).hasSize(3);
        assertThat(outcome.err()).contains("plan: planned by rules; 3 pictures: the prompt has a list");
        assertThat(pipeline.sequences)
                .singleElement()
                .satisfies(s -> assertThat(s.shots()).hasSize(3));
        assertThat(run("generate", "three pictures of a fox", "-n", 1, "-o", out)
                        .err())
                .contains("note: the words ask for 3 pictures, but the request for one of the whole prompt");
    }

    @Test
    void namesAreNumberedOnFromWhatIsThere() {
        assertThat(run("generate", "a fox", "-o", out).outLines())
                .containsExactly(out.resolve("atelier-0001.png").toString());
        assertThat(run("generate", "a fox", "-o", out, "-n", 2, "--format", "webp")
                        .outLines())
                .containsExactly(
                        out.resolve("atelier-0001.webp").toString(),
                        out.resolve("atelier-0002.webp").toString());
        assertThat(run("generate", "a fox", "-o", out).outLines())
                .containsExactly(out.resolve("atelier-0002.png").toString());
    }

    @Test
    void aFileThatExistsIsNotReplacedUnlessAskedTo() throws IOException {
        Path file = Files.createDirectories(out).resolve("fox.png");
        Files.writeString(file, "mine");

        Outcome refused = run("generate", "a fox", "-o", file);

        assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("fox.png exists", "--overwrite");
        assertThat(file).hasContent("mine");
        assertThat(pipeline.requests).isEmpty();
        assertThat(run("generate", "a fox", "-o", file, "--overwrite").code()).isZero();
        assertThat(Files.size(file)).isGreaterThan(100);
    }

    @Test
    void aSeedIsDrawnWhenNoneIsGiven() {
        run("generate", "a fox", "-o", out);
        run("generate", "a fox", "-o", out);

        assertThat(pipeline.requests.get(0).seeds())
                .isNotEqualTo(pipeline.requests.get(1).seeds());
    }

    @Test
    void anEditKeepsTheShapeOfItsPicture() throws IOException {
        Path picture = picture("cat.png", 200, 100);

        Outcome outcome = run("edit", picture, "make it blue", "--exact", "-o", out.resolve("blue.png"));

        assertThat(outcome.code()).isZero();
        assertThat(pipeline.requests).singleElement().satisfies(request -> {
            assertThat(request.prompt()).isEqualTo("make it blue");
            assertThat(request.references()).extracting(Picture::width).containsExactly(200);
            assertThat((double) request.width() / request.height()).isBetween(1.9, 2.1);
        });
    }

    @Test
    void referencesAreHandedOnInOrder() throws IOException {
        run(
                "generate",
                "image 1 on image 2",
                "--exact",
                "-i",
                picture("a.png", 64, 64),
                "-i",
                picture("b.jpg", 80, 80),
                "-o",
                out);

        assertThat(pipeline.requests)
                .singleElement()
                .satisfies(request -> assertThat(request.references())
                        .extracting(Picture::width)
                        .containsExactly(64, 80));
    }

    @Test
    void aSequenceOfGivenShotsIsMadeTogether() throws IOException {
        Outcome outcome = run(
                "sequence",
                "--exact",
                "--shot",
                "a fox wakes",
                "--shot",
                "the fox eats",
                "-i",
                picture("a.png", 64, 64),
                "--seed",
                5,
                "-o",
                out);

        assertThat(outcome.outLines()).hasSize(2);
        assertThat(pipeline.sequences).singleElement().satisfies(request -> {
            assertThat(request.shots())
                    .containsExactly(
                            new SequenceRequest.Shot("a fox wakes", 5), new SequenceRequest.Shot("the fox eats", 6));
            assertThat(request.template().references()).hasSize(1);
        });
    }

    @Test
    void picturesFinishedBeforeAnInterruptionStay() {
        int[] drawn = {0};
        pipeline.beforeImage = () -> {
            if (drawn[0]++ == 1) {
                throw new CancellationException("canceled by the caller");
            }
        };

        Outcome outcome = run("generate", "a fox", "-n", 3, "-o", out.resolve("fox.png"));

        assertThat(outcome.code()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(outcome.outLines()).containsExactly(out.resolve("fox-1.png").toString());
        assertThat(out.resolve("fox-1.png")).exists();
    }

    @Test
    void theEngineIsSetUpAsAsked() throws IOException {
        Path lora = Files.writeString(home.resolve("style.safetensors"), "x");

        run("generate", "a fox", "-o", out, "--precision", "int8", "--threads", 3, "--lora", lora + ":0.75");

        assertThat(pipeline.options.precision()).isEqualTo(Precision.INT8);
        assertThat(pipeline.options.threads()).isEqualTo(3);
        assertThat(pipeline.options.loras()).singleElement().satisfies(given -> {
            assertThat(given.file()).isEqualTo(lora);
            assertThat(given.scale()).isEqualTo(0.75);
        });
        assertThat(pipeline.options.cacheDir()).isEqualTo(home.resolve(".cache/atelier"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--size 12                  | size",
                "--size 100000x100000       | size",
                "--precision fp8            | precision",
                "--device tpu               | device",
                "--threads -1               | --threads",
                "--lora missing.safetensors | --lora",
                "--steps 500                | steps",
                "--guidance 1000            | guidance",
                "-n 16                      | -n",
                "-n 0                       | -n",
                "--format bmp               | --format",
                "--seed -7                  | seed"
            })
    void wrongValuesAreNamedWithTheCodeOfAWrongCommandLine(String options, String named) {
        List<Object> words = new ArrayList<>(List.of("generate", "fox", "-o", out));
        words.addAll(List.of(options.split(" ")));

        Outcome outcome = run(words.toArray());

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains(named).doesNotContain("\tat ");
        assertThat(pipeline.requests).isEmpty();
    }

    @Test
    void aReferenceThatIsNoPictureIsNamed() throws IOException {
        Path text = Files.writeString(home.resolve("notes.txt"), "no picture");

        assertThat(run("edit", text, "make it blue").err()).hasLineCount(1).contains("notes.txt", "none of PNG");
        assertThat(run("edit", home.resolve("missing.png"), "make it blue").err())
                .hasLineCount(1)
                .contains("missing.png: no such file");
    }

    @Test
    void whatTheEngineRefusesIsOneLine() {
        pipeline.beforeImage = () -> {
            throw new EngineException("libtorch: out of memory\n#0 frame\n#1 frame");
        };

        Outcome outcome = run("generate", "a fox", "-o", out);

        assertThat(outcome.code()).isEqualTo(ExitCode.FAILURE);
        assertThat(outcome.err().lines().filter(line -> line.startsWith("atelier: ")))
                .containsExactly("atelier: libtorch: out of memory");
        assertThat(pipeline.closed).isTrue();
    }

    @Test
    void anUnknownModelIsNamedBesideThoseThatAreThere() {
        assertThat(run("generate", "a fox", "--model", "flux").err()).contains("'flux'", "studio/klein");
    }

    @Test
    void withoutAModelTheEmbeddedOneIsOpened() {
        variables.remove("ATELIER_MODEL");

        assertThat(run("generate", "a fox", "-o", out).code()).isZero();
    }

    private Path picture(String name, int width, int height) throws IOException {
        Path file = home.resolve(name);
        String format = name.substring(name.lastIndexOf('.') + 1);
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, file.toFile());
        return file;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void quotedTextIsShownToAnyModelWhereItIsAskedFor() {
        String prompt = "a poster that says \"JOY\"";

        Outcome plain = run("generate", prompt, "--seed", 1, "-o", home.resolve("plain.png"));
        Outcome shown =
                run("generate", prompt, "--seed", 1, "--glyph-reference", "on", "-o", home.resolve("shown.png"));

        assertThat(plain.code()).as(plain.err()).isZero();
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.err()).contains("the text \"JOY\" is laid out on a poster, as image 1");
        assertThat(pipeline.requests.getFirst().references()).isEmpty();
        assertThat(pipeline.requests.getFirst().prompt()).isEqualTo(prompt);
        assertThat(pipeline.requests.getLast().references()).hasSize(1);
        assertThat(pipeline.requests.getLast().prompt()).isEqualTo(prompt + ", with the text of image 1");
        assertThat(run("generate", prompt, "--glyph-reference", "maybe")).satisfies(outcome -> {
            assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).contains("glyph-reference: 'maybe' is none of auto, on, off");
        });
    }
}
