package dev.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.pipeline.TinyModels;
import dev.atelier.models.EmbeddedModels;
import dev.atelier.server.AtelierServer;
import dev.atelier.studio.PipelineOpener;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;

/**
 * Every command that takes a model works with every kind of model folder that the engine loads, or says in one line what it needs and what
 * the folder has.
 */
class EveryCommandEveryModelTest extends CommandLineFixture {
    /** Kinds of model folders. */
    enum Model {
        /** Patch transform, small vocabulary, pictures refined in windows. */
        EMBEDDED,
        /** Distilled, convolutional autoencoder, float32, key and value cache. */
        KLEIN,
        /** Classifier-free guidance, bf16 weights in several files. */
        BASE
    }

    /**
     * One command line with every kind of folder.
     *
     * @param line words with {@code _} for their spaces; {@code MODEL}, {@code PICTURE}, {@code OUT} … stand for paths
     * @param output what it prints when it works; {@code OUT}: names of files that are there
     * @param refusals by kind of folder, the one line of a command that cannot work with it
     */
    private record Cell(String line, String output, Map<Model, String> refusals) {
        Cell refusing(Model model, String message) {
            Map<Model, String> more = new TreeMap<>(refusals);
            more.put(model, message);
            return new Cell(line, output, more);
        }

        @Override
        public String toString() {
            return line;
        }
    }

    private static Cell cell(String line, String output) {
        return new Cell(line, output, Map.of());
    }

    private static final String QUICK = " --steps 1 --seed 1 --threads 1 -o OUT";
    private static final String LORA =
            "lora --data DATA -o ADAPTER --run RUN --resolution 64 --steps 1 --rank 2 --threads 1";
    private static final String BENCH = "bench --size 64x64 --steps 1 --rounds 1 --threads 1";
    private static final String TRAIN = "train --recipe RECIPE --steps 1 --run RUN --render-threads 1";
    private static final String OTHER_SHAPE =
            "MODEL: vae: the recipe describes a patch transform, the model has FLUX.2's convolutional autoencoder";

    private static final List<Cell> CELLS = List.of(
            cell("generate a_fox_in_snow -m MODEL" + QUICK, "OUT"),
            cell("generate a_fox_in_snow -m MODEL --precision int8" + QUICK, "OUT"),
            cell("generate a_fox_in_snow -m MODEL -s 300x256 -n 2 --precision fp32" + QUICK, "OUT"),
            cell("edit PICTURE make_it_blue -m MODEL" + QUICK, "OUT"),
            cell("edit PICTURE a_tree -m MODEL --mask PICTURE --strength 0.8" + QUICK, "OUT"),
            cell("edit PICTURE more_sky -m MODEL --outpaint 32,0,0,0" + QUICK, "OUT"),
            cell("sequence --shot a_fox --shot a_fox_asleep -i PICTURE -m MODEL" + QUICK, "OUT"),
            cell("replay PICTURE -m MODEL", "says nothing of how Atelier made it")
                    .refusing(Model.EMBEDDED, "says nothing of how Atelier made it")
                    .refusing(Model.KLEIN, "says nothing of how Atelier made it")
                    .refusing(Model.BASE, "says nothing of how Atelier made it"),
            cell("models --models-dir MODELS", "ready"),
            cell(TRAIN + " --from MODEL", "model: ")
                    .refusing(Model.KLEIN, OTHER_SHAPE)
                    .refusing(Model.BASE, OTHER_SHAPE),
            cell(TRAIN + " --from MODEL --stage together", "model: ")
                    .refusing(Model.KLEIN, OTHER_SHAPE)
                    .refusing(Model.BASE, OTHER_SHAPE),
            cell(TRAIN + " --from MODEL --stage sharpener", "model: "),
            cell(TRAIN + " --from MODEL --stage prefer --pairs VOTES --rank 2 --batch 1 --resolution 64", "model: "),
            cell(
                    TRAIN + " --from MODEL --stage prefer --ratings RATINGS --rank 2 --batch 1 --resolution 64",
                    "model: "),
            cell(LORA + " -m MODEL", "OUT"),
            cell(
                    "evaluate MODEL --world simple --count 1 --steps 1 --families landscape --skip sequence,words"
                            + " --probe-minutes 0.002 -o RUN --threads 1",
                    "text to image"),
            cell("parity CASES", "comparisons are within bounds")
                    .refusing(
                            Model.EMBEDDED,
                            "CASES has no cases.json; parity needs the reference's numbers beside the model"),
            cell(BENCH + " -m MODEL --compare", "latent cosine"),
            cell(BENCH + " -m MODEL --sequence 2", "shot  2"),
            cell("serve -m MODEL --port 0 --data RUN", "data:image/png;base64,iVBOR"));

    /** Commands that take no model folder, and {@code mcp}, whose models {@link AgentConversationTest} and the service have. */
    private static final Set<String> WITHOUT_MODEL = Set.of(
            "pull",
            "convert",
            "completion",
            "warm-up",
            "templates",
            "keys create",
            "keys list",
            "keys revoke",
            "provenance init",
            "verify",
            "arena run",
            "arena board",
            "arena export",
            "arena import",
            "arena promote",
            "arena undo",
            "mcp");

    private static final List<String> FOREIGN =
            List.of("Exception", "java.", "_class_name", "Config[", "Unexpected", "Cannot", "internal error", "\tat ");

    @TempDir
    private static Path shared;

    private static final Map<Model, Path> FOLDERS = new TreeMap<>();

    private ConfigurableApplicationContext running;

    @BeforeAll
    static void folders() throws IOException {
        FOLDERS.put(Model.EMBEDDED, new EmbeddedModels().folder(EmbeddedModels.DEFAULT, shared.resolve("embedded")));
        FOLDERS.put(Model.KLEIN, TinyModels.distilled(Files.createDirectories(shared.resolve("models/made/klein"))));
        FOLDERS.put(Model.BASE, TinyModels.base(Files.createDirectories(shared.resolve("models/made/base"))));
        TinyModels.parity("klein-small", shared.resolve("cases/klein"));
        TinyModels.parity("base-small", shared.resolve("cases/base"));
        BufferedImage image = new BufferedImage(80, 64, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(Color.ORANGE);
        graphics.fillOval(10, 10, 40, 40);
        graphics.dispose();
        Path data = Files.createDirectories(shared.resolve("data"));
        ImageIO.write(image, "png", data.resolve("a.png").toFile());
        Files.writeString(data.resolve("a.txt"), "an orange ball");
        Path pairs = Files.createDirectories(shared.resolve("pairs"));
        ImageIO.write(image, "png", pairs.resolve("a.png").toFile());
        ImageIO.write(image, "jpg", pairs.resolve("b.jpg").toFile());
        Files.writeString(
                pairs.resolve("votes.jsonl"), "{\"prompt\": \"a ball\", \"winner\": \"a.png\", \"loser\": \"b.jpg\"}");
        Files.writeString(
                pairs.resolve("ratings.jsonl"),
                "{\"prompt\": \"a ball\", \"image\": \"a.png\", \"rating\": 1}\n"
                        + "{\"prompt\": \"a ball\", \"image\": \"b.jpg\", \"rating\": -1}\n");
        Files.writeString(shared.resolve("recipe.yaml"), recipe());
    }

    /** The embedded model's shape, with one small stage and a small sharpener. */
    private static String recipe() throws IOException {
        String own = Files.readString(FOLDERS.get(Model.EMBEDDED).resolve("recipe.yaml"));
        return own.substring(0, own.indexOf("stages:")) + """
                stages:
                  - {name: together, share: 1, size: 64, batch: 2, tasks: {text_to_image: 1}, pool: 2, fresh: 1}
                sampling: {steps: 2, guidance: 1.0, shift: 2.0, size: 64}
                sharpener: {size: 64, patch_size: 8, channels: 32, pictures: 4, variance_power: 0.25, noise: 0.6, steps: 1, window: 4, renders: 1, windows: 1, fresh: 1, pool: 1, edit_share: 0.0, adam_rate: 0.002, muon_rate: 0.01}
                """;
    }

    @BeforeEach
    void theEngineItself() {
        variables.put("ATELIER_HOME", home.resolve("data").toString());
        opener = PipelineOpener.ofEngine();
        starter = settings -> running = AtelierServer.start(settings);
    }

    @AfterEach
    void stop() {
        if (running != null) {
            running.close();
        }
    }

    @Test
    void everyCommandHasItsCells() {
        Set<String> covered = new TreeSet<>(WITHOUT_MODEL);
        CELLS.forEach(cell -> covered.add(cell.line.split(" ")[0]));

        assertThat(leaves(Atelier.commandLine(Atelier.root(), environment(Terminal.ofProcess())), ""))
                .containsExactlyInAnyOrderElementsOf(covered);
    }

    private static Set<String> leaves(CommandLine command, String name) {
        if (command.getSubcommands().isEmpty()) {
            return Set.of(name.strip());
        }
        return command.getSubcommands().entrySet().stream()
                .flatMap(sub -> leaves(sub.getValue(), name + " " + sub.getKey()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Stream<Arguments> cells() {
        return CELLS.stream().flatMap(cell -> Arrays.stream(Model.values()).map(model -> Arguments.of(model, cell)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cells")
    void worksOrSaysWhatItNeeds(Model model, Cell cell) throws Exception {
        Map<String, Path> paths = paths(model);
        Object[] words = Arrays.stream(cell.line.split(" "))
                .map(word -> paths.containsKey(word) ? paths.get(word) : word.replace('_', ' '))
                .toArray();

        Outcome outcome = run(words);

        assertThat(outcome.err()).doesNotContain(FOREIGN);
        String refusal = cell.refusals.get(model);
        if (refusal != null) {
            assertThat(outcome.code()).as(outcome.err()).isNotZero();
            assertThat(outcome.err()).hasLineCount(1).contains(placed(refusal, paths));
            return;
        }
        assertThat(outcome.code()).as(outcome.err()).isIn(ExitCode.OK, ServeCommand.KEEP_RUNNING);
        if (outcome.code() == ServeCommand.KEEP_RUNNING) {
            assertThat(served()).contains("\"completed\"", cell.output);
        } else if (cell.output.equals("OUT")) {
            assertThat(outcome.outLines())
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Path.of(file)).isNotEmptyFile());
        } else {
            assertThat(outcome.out()).contains(cell.output);
        }
    }

    /** What the running service answers to an order of one picture. */
    private String served() throws IOException, InterruptedException {
        URI address = URI.create("http://localhost:" + running.getEnvironment().getProperty("local.server.port")
                + "/api/v1/model/generateImage");
        String order = """
                {"model": "bytedance/seedream-v4.5", "prompt": "a fox", "steps": 1, "enable_sync_mode": true,
                 "enable_base64_output": true}""";
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(order))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private Map<String, Path> paths(Model model) {
        Path cases = switch (model) {
            case EMBEDDED -> FOLDERS.get(model);
            case KLEIN -> shared.resolve("cases/klein");
            case BASE -> shared.resolve("cases/base");
        };
        return Map.ofEntries(
                Map.entry("MODEL", FOLDERS.get(model)),
                Map.entry("CASES", cases),
                Map.entry("MODELS", shared.resolve("models")),
                Map.entry("DATA", shared.resolve("data")),
                Map.entry("PICTURE", shared.resolve("data/a.png")),
                Map.entry("RECIPE", shared.resolve("recipe.yaml")),
                Map.entry("VOTES", shared.resolve("pairs/votes.jsonl")),
                Map.entry("RATINGS", shared.resolve("pairs/ratings.jsonl")),
                Map.entry("RUN", home.resolve("run")),
                Map.entry("OUT", home.resolve("out.png")),
                Map.entry("ADAPTER", home.resolve("adapter.safetensors")));
    }

    private static String placed(String text, Map<String, Path> paths) {
        String out = text;
        for (Map.Entry<String, Path> path : paths.entrySet()) {
            out = out.replaceAll("\\b" + path.getKey() + "\\b", path.getValue().toString());
        }
        return out;
    }
}
