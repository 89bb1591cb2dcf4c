package dev.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.prompt.vocabulary.VocabularyAdapter;
import dev.atelier.server.AtelierServer;
import dev.atelier.studio.PipelineOpener;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The same request by HTTP and by command line, with the embedded model: the files are the same to the byte, metadata included. */
class SamePicturesTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Map<Path, ImagePipeline> LOADED = new ConcurrentHashMap<>();

    @TempDir
    static Path home;

    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void start() throws IOException {
        service = AtelierServer.start(
                "--atelier.data=" + home.resolve("data"), "--server.port=0", "--atelier.worker.threads=2");
        picture("photo.png", 256, 192, Color.ORANGE, Color.BLUE);
        picture("other.png", 192, 256, Color.GREEN, Color.BLACK);
        picture("mask.png", 128, 96, Color.BLACK, Color.WHITE);
    }

    @AfterAll
    static void stop() {
        service.close();
        LOADED.values().forEach(ImagePipeline::close);
    }

    /** Fields of a body, where {@code @NAME} stands for the picture of that name; the command line; how many pictures they make. */
    static List<Arguments> requests() {
        return List.of(
                Arguments.argumentSet(
                        "text", """
                        {"prompt": "a red fox in the snow", "size": "256*256", "seed": 7, "steps": 2}""", "generate|a red fox in the snow|--size|256x256|--seed|7|--steps|2", 1),
                Arguments.argumentSet(
                        "copies",
                        """
                        {"prompt": "a blue house", "sequential_image_generation": "disabled", "max_images": 2,
                         "size": "256*320", "seed": 3, "output_format": "webp", "negative_prompt": "trees",
                         "enable_prompt_expansion": false}""",
                        "generate|a blue house|-n|2|--size|256x320|--seed|3|--format|webp|--negative|trees|--exact",
                        2),
                Arguments.argumentSet("edit", """
                        {"prompt": "make it night", "images": ["@photo.png"], "seed": 11, "output_format": "jpeg"}""", "edit|@photo.png|make it night|--seed|11|--format|jpeg", 1),
                Arguments.argumentSet(
                        "edit of each alone",
                        """
                        {"prompt": "make both pictures black and white", "images": ["@photo.png", "@other.png"], "seed": 5}""",
                        "edit|@photo.png|make both pictures black and white|-i|@other.png|--seed|5",
                        2),
                Arguments.argumentSet("mask", """
                        {"prompt": "a tree", "images": ["@photo.png"], "mask": "@mask.png", "seed": 13}""", "edit|@photo.png|a tree|--mask|@mask.png|--seed|13", 1),
                Arguments.argumentSet(
                        "mask beside words of another picture",
                        """
                        {"prompt": "the colours of image 2", "images": ["@photo.png", "@other.png"], "mask": "@mask.png",
                         "strength": 1, "seed": 13}""",
                        "edit|@photo.png|the colours of image 2|-i|@other.png|--mask|@mask.png|--strength|1|--seed|13",
                        1),
                Arguments.argumentSet(
                        "strength", """
                        {"prompt": "in the rain", "images": ["@photo.png"], "strength": 0.5, "seed": 17, "steps": 4}""", "edit|@photo.png|in the rain|--strength|0.5|--seed|17|--steps|4", 1),
                Arguments.argumentSet("outpaint", """
                        {"prompt": "a meadow", "images": ["@photo.png"], "outpaint": "64,0,32,64", "seed": 19}""", "edit|@photo.png|a meadow|--outpaint|64,0,32,64|--seed|19", 1),
                Arguments.argumentSet(
                        "compose",
                        """
                        {"prompt": "image 1 in the style of image 2", "images": ["@photo.png", "@other.png"],
                         "size": "256*256", "seed": 23}""",
                        "generate|image 1 in the style of image 2|-i|@photo.png|-i|@other.png|--size|256x256|--seed|23",
                        1),
                Arguments.argumentSet(
                        "sequence",
                        """
                        {"prompt": "three panels: a fox wakes up, a fox eats, a fox sleeps", "images": ["@other.png"],
                         "size": "256*256", "seed": 29}""",
                        "sequence|three panels: a fox wakes up, a fox eats, a fox sleeps|-i|@other.png"
                                + "|--size|256x256|--seed|29",
                        3));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void theFilesAreTheSameToTheByte(String body, String words, int pictures, @TempDir Path out) throws Exception {
        List<byte[]> served = byHttp(body);
        List<byte[]> made = byCommand(words, out);

        assertThat(served).hasSize(pictures);
        assertThat(made).hasSize(pictures);
        for (int i = 0; i < pictures; i++) {
            assertThat(made.get(i)).as("picture " + i).isEqualTo(served.get(i));
        }
    }

    private static List<byte[]> byHttp(String body) throws IOException, InterruptedException {
        ObjectNode json = (ObjectNode) JSON.readTree(inline(body));
        json.put("model", "seedling-1").put("enable_sync_mode", true).put("enable_base64_output", true);
        if (!json.has("steps")) {
            json.put("steps", 1);
        }
        String base = "http://localhost:" + service.getEnvironment().getProperty("local.server.port");
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/api/v1/model/generateImage"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(json.toString()))
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode answer = JSON.readTree(response.body());
            assertThat(answer.path("status").asString("")).as(response.body()).isEqualTo("completed");
            List<byte[]> files = new ArrayList<>();
            for (JsonNode output : answer.at("/data/outputs")) {
                String uri = output.stringValue();
                files.add(Base64.getDecoder().decode(uri.substring(uri.indexOf(',') + 1)));
            }
            return files;
        }
    }

    private static List<byte[]> byCommand(String words, Path out) throws IOException {
        List<String> line = new ArrayList<>();
        for (String word : words.split("\\|")) {
            line.add(word.startsWith("@") ? home.resolve(word.substring(1)).toString() : word);
        }
        if (!line.contains("--steps")) {
            line.addAll(List.of("--steps", "1"));
        }
        line.addAll(List.of("--threads", "2", "-o", out.toString()));
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(told, true, StandardCharsets.UTF_8);
        Environment environment = new Environment(
                new Terminal(stream, stream, false),
                Map.of(),
                home,
                SamePicturesTest::open,
                settings -> new VocabularyAdapter(settings.open()),
                _ -> {},
                _ -> null);
        int code = Atelier.run(environment, line.toArray(String[]::new));
        assertThat(code).as(told.toString(StandardCharsets.UTF_8)).isZero();
        List<byte[]> files = new ArrayList<>();
        try (var made = Files.list(out)) {
            for (Path file : made.sorted().toList()) {
                files.add(Files.readAllBytes(file));
            }
        }
        return files;
    }

    /** The model is loaded once, not for every command. */
    private static ImagePipeline open(Path folder, EngineOptions options) {
        ImagePipeline pipeline =
                LOADED.computeIfAbsent(folder, _ -> PipelineOpener.ofEngine().open(folder, options));
        return (ImagePipeline) Proxy.newProxyInstance(
                SamePicturesTest.class.getClassLoader(),
                new Class<?>[] {ImagePipeline.class},
                (_, method, arguments) -> method.getName().equals("close") ? null : method.invoke(pipeline, arguments));
    }

    private static String inline(String body) throws IOException {
        String inlined = body;
        for (String name : List.of("photo.png", "other.png", "mask.png")) {
            String data = Base64.getEncoder().encodeToString(Files.readAllBytes(home.resolve(name)));
            inlined = inlined.replace("@" + name, "data:image/png;base64," + data);
        }
        return inlined;
    }

    private static void picture(String name, int width, int height, Color from, Color to) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, from, width, height, to));
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        ImageIO.write(image, "png", home.resolve(name).toFile());
    }
}
