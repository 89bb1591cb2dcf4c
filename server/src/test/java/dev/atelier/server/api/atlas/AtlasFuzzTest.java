package dev.atelier.server.api.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.server.RunningServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Thousands of bodies that no client would send: each is accepted or told what is wrong with it, never a failure of ours. */
class AtlasFuzzTest {
    private static final String GENERATE = "/api/v1/model/generateImage";
    private static final int STRUCTURED = 4000;
    private static final int DAMAGED = 2000;
    private static final List<String> FIELDS = List.of(
            "model",
            "prompt",
            "input",
            "image",
            "images",
            "image_url",
            "size",
            "width",
            "height",
            "max_images",
            "num_images",
            "n",
            "steps",
            "num_inference_steps",
            "guidance_scale",
            "seed",
            "negative_prompt",
            "mask",
            "strength",
            "output_format",
            "enable_base64_output",
            "enable_prompt_expansion",
            "watermark",
            "webhook_url",
            "odd",
            "",
            "\\u0000",
            "__proto__");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "1",
            "15",
            "16",
            "512",
            "4096",
            "16385",
            "1.5",
            "-0.0",
            "1e999",
            "-1e999",
            "1e-999",
            "9007199254740993",
            "123456789012345678901234567890",
            "\"\"",
            "\" \"",
            "\"a barn\"",
            "\"512*512\"",
            "\"0*0\"",
            "\"2K\"",
            "\"16:9\"",
            "\"0:0\"",
            "\"999999*999999\"",
            "\"png\"",
            "\"bytedance/seedream-v4.5/edit\"",
            "\"seedling-1\"",
            "\"../../etc/passwd\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\u202e图2\"",
            "\"http://[::1]/x\"",
            "\"http://0x7f000001/\"",
            "\"file:///etc/passwd\"",
            "\"data:image/png;base64,AAAA\"",
            "\"data:,\"",
            "\"data:image/png;base64,iVBORw0KGgo=\"",
            "[]",
            "[[]]",
            "[null]",
            "[\"\"]",
            "[1,2]",
            "[\"data:text/html;base64,PGI+\"]",
            "{}",
            "{\"a\":{\"b\":{}}}",
            "{\"prompt\":\"a barn\"}",
            "[{\"prompt\":1}]");

    @TempDir
    static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(data, "--atelier.worker.enabled=false", "--atelier.queue.capacity=1000000");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void anyFieldMayHaveAnyValue() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < STRUCTURED; i++) {
            String rest = IntStream.range(0, 1 + random.nextInt(4))
                    .mapToObj(_ -> "\"" + pick(FIELDS, random) + "\": " + pick(VALUES, random))
                    .collect(Collectors.joining(", "));
            String known = random.nextBoolean() ? "\"model\": \"bytedance/seedream-v4.5\", \"prompt\": \"a\", " : "";
            check("{" + known + rest + "}");
        }
    }

    @Test
    void aBodyMayBeDamagedAnywhere() throws Exception {
        Random random = new Random(2);
        String whole =
                "{\"model\": \"bytedance/seedream-v4.5/sequential\", \"prompt\": \"四季的狐狸\", \"size\": \"512*512\","
                        + " \"images\": [\"data:image/png;base64,iVBORw0KGgo=\"], \"steps\": 4, \"seed\": -1}";
        for (int i = 0; i < DAMAGED; i++) {
            StringBuilder body = new StringBuilder(whole);
            for (int damage = 0; damage <= random.nextInt(4); damage++) {
                int at = random.nextInt(body.length());
                switch (random.nextInt(4)) {
                    case 0 -> body.setCharAt(at, (char) random.nextInt(0x3000));
                    case 1 -> body.deleteCharAt(at);
                    case 2 -> body.insert(at, "[{\"\\".charAt(random.nextInt(4)));
                    default -> body.setLength(Math.max(1, at));
                }
            }
            check(body.toString());
        }
    }

    @Test
    void nestingIsBounded() throws Exception {
        check("{\"input\": ".repeat(5000) + "{}" + "}".repeat(5000));
        check("[".repeat(100_000));
    }

    private static void check(String body) throws Exception {
        HttpResponse<String> answer = server.send("POST", GENERATE, body);
        JsonNode json = JsonMapper.shared().readTree(answer.body());
        if (answer.statusCode() == 200) {
            assertThat(json.get("id").stringValue()).startsWith("pred_");
            return;
        }
        assertThat(answer.statusCode()).as("%s%n%s", body, answer.body()).isBetween(400, 499);
        assertThat(json.get("code").intValue()).isEqualTo(answer.statusCode());
        assertThat(json.get("message").stringValue()).as(body).contains(":").doesNotContain("Exception", "java.");
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
