package dev.atelier.server.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** JSON bodies in which one field is wrong, or that are no JSON at all. */
final class BadBodies {
    private static final String LONG_PROMPT = "\"" + "a".repeat(4001) + "\"";
    private static final String TOO_MANY =
            "[" + String.join(",", Collections.nCopies(15, "\"http://pictures.example/a.png\"")) + "]";

    /** Values that no field takes, whatever its type. */
    private static final List<String> NONSENSE = List.of("{}", "{\"a\":1}", "[[]]", "[[[1]]]", "[null]");

    private static final List<String> NO_NUMBERS =
            List.of("\"many\"", "\"NaN\"", "\"1;DROP TABLE\"", "true", "[]", "\"0x10\"", "\"１２\"");

    private static final List<String> NO_PICTURES = List.of(
            "\"a cat\"",
            "7",
            "\"http://127.0.0.1/a.png\"",
            "\"http://localhost:8080/a.png\"",
            "\"http://10.0.0.7/a.png\"",
            "\"http://169.254.169.254/latest/meta-data/\"",
            "\"http://[::1]/a.png\"",
            "\"http://[::ffff:10.0.0.1]/\"",
            "\"http://[64:ff9b::a9fe:a9fe]/\"",
            "\"http://2130706433/\"",
            "\"http://0x7f.0.0.1/\"",
            "\"http://0177.0.0.1/\"",
            "\"http://user@example.com/\"",
            "\"file:///etc/passwd\"",
            "\"gopher://10.0.0.1/\"",
            "\"data:image/png,plain\"",
            "\"data:image/png;base64,AAAA\"",
            "\"media:../../etc/passwd\"",
            "\"media:000000000000000000000000000000000000000000000000.png\"",
            "\"/etc/passwd\"",
            "\"..\\\\..\\\\windows\\\\win.ini\"",
            "\"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVQ=\"");

    private final Random random;

    BadBodies(Random random) {
        this.random = random;
    }

    BadRequest next() {
        boolean atlas = random.nextBoolean();
        String path = atlas
                ? "/api/v1/model/generateImage"
                : pick(List.of("/v1/images/generations", "/api/v3/images/generations", "/v1/images/edits"));
        Map<String, String> valid = valid(random.nextBoolean());
        if (random.nextInt(4) == 0) {
            return broken(path, body(valid, false));
        }
        Map<String, List<String>> wrong = atlas ? atlasFields() : imagesFields();
        String field = pick(List.copyOf(wrong.keySet()));
        List<String> values = wrong.get(field);
        // An object with unknown members is what some options are.
        boolean nonsense = random.nextInt(6) == 0 && !field.endsWith("_options");
        String value = nonsense ? pick(NONSENSE) : pick(values);
        if (value.isEmpty()) {
            valid.remove(field);
        } else {
            valid.put(field, value);
        }
        boolean image = field.startsWith("image") || field.equals("mask");
        String name = image ? "image" : field.equals("width") || field.equals("height") ? "" : field;
        String shown = value.length() < 80 ? value : value.substring(0, 80);
        return BadRequest.json(
                path,
                body(valid, atlas && random.nextBoolean()).getBytes(UTF_8),
                List.of(name, field),
                path + " with " + field + " = " + shown);
    }

    private Map<String, String> valid(boolean more) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("model", "\"bytedance/seedream-v4.5\"");
        fields.put("prompt", "\"a lighthouse " + random.nextInt() + "\"");
        if (more) {
            fields.put("size", "\"512*512\"");
            fields.put("seed", "7");
        }
        return fields;
    }

    private static Map<String, List<String>> atlasFields() {
        Map<String, List<String>> fields = shared();
        fields.put("width", List.of("0", "-1", "1e9", "1.5", "\"cat\"", "99999999999999999999", "true"));
        fields.put("max_images", join(NO_NUMBERS, "0", "16", "-1", "1.5", "1e300"));
        fields.put("num_inference_steps", join(NO_NUMBERS, "201", "-1", "1.5"));
        fields.put("strength", join(NO_NUMBERS, "-0.1", "1.1"));
        fields.put("enable_sync_mode", List.of("\"yes\"", "1", "[]"));
        fields.put("enable_base64_output", List.of("\"yes\"", "1", "[]"));
        fields.put(
                "webhook_url",
                List.of("7", "\"hook\"", "\"http://10.0.0.1/\"", "\"ftp://a.example/\"", "\"http://0x7f.1/\""));
        fields.put("image_url", NO_PICTURES);
        return fields;
    }

    private static Map<String, List<String>> imagesFields() {
        Map<String, List<String>> fields = shared();
        fields.put("n", join(NO_NUMBERS, "0", "16", "-1", "1.5", "1e300", "99999999999999999999"));
        fields.put("response_format", List.of("\"jpeg\"", "7", "[]"));
        fields.put("stream", List.of("\"maybe\"", "[]"));
        fields.put("partial_images", join(NO_NUMBERS, "-1", "4"));
        fields.put("sequential_image_generation", List.of("\"always\"", "7", "[]"));
        fields.put("sequential_image_generation_options", List.of("7", "\"x\"", "[]", "true"));
        fields.put("optimize_prompt_options", List.of("7", "\"x\"", "[1]"));
        return fields;
    }

    private static Map<String, List<String>> shared() {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        fields.put("model", List.of("7", "[]", "\"no/such/model\"", "\"../../models\"", "\"\\u0000\"", "true"));
        fields.put("prompt", List.of("", "null", "7", "\"\"", "\"   \"", "[]", LONG_PROMPT, "false"));
        fields.put(
                "size",
                List.of(
                        "\"10*10\"",
                        "\"99999*99999\"",
                        "\"cat\"",
                        "7",
                        "\"-1*5\"",
                        "\"0*0\"",
                        "\"1e3*1e3\"",
                        "\"5K\"",
                        "[]",
                        "\"16384*1023\"",
                        "\"99:1\"",
                        "\"256*255\"",
                        "\"１０２４*1024\""));
        fields.put("steps", join(NO_NUMBERS, "201", "-1", "1.5", "1e300"));
        fields.put("guidance_scale", join(NO_NUMBERS, "-5", "101", "1e300"));
        fields.put("seed", join(NO_NUMBERS, "-2", "1.5", "1e30"));
        fields.put("output_format", List.of("\"exe\"", "7", "[]", "\"svg\""));
        fields.put("negative_prompt", List.of("7", "[]", LONG_PROMPT));
        fields.put("watermark", List.of("\"yes\"", "[]"));
        fields.put("image", NO_PICTURES);
        fields.put("images", join(NO_PICTURES.stream().map(p -> "[" + p + "]").toList(), TOO_MANY, "[\"\"]", "[7]"));
        return fields;
    }

    private BadRequest broken(String path, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return switch (random.nextInt(7)) {
            case 0 -> brokenAs(path, Arrays.copyOf(bytes, random.nextInt(bytes.length)), "cut short");
            case 1 -> brokenAs(path, random(1 + random.nextInt(200)), "random bytes");
            case 2 -> brokenAs(path, (body + "}").getBytes(UTF_8), "more behind its end");
            case 3 -> brokenAs(path, nested(17 + random.nextInt(3000)), "nested deeply");
            case 4 -> brokenAs(path, body.replace("{", "{\"prompt\":\"twice\",").getBytes(UTF_8), "a field twice");
            case 5 ->
                brokenAs(
                        path,
                        pick(List.of("[]", "7", "null", "\"text\"", "true", "[{}]"))
                                .getBytes(UTF_8),
                        "no object");
            default -> brokenAs(path, notUtf8(bytes), "not UTF-8");
        };
    }

    private static BadRequest brokenAs(String path, byte[] body, String about) {
        return BadRequest.json(path, body, List.of("body"), path + " with a body that is " + about);
    }

    private byte[] notUtf8(byte[] bytes) {
        byte[] changed = bytes.clone();
        int inPrompt = new String(bytes, UTF_8).indexOf("lighthouse") + random.nextInt(10);
        changed[inPrompt] = (byte) (0xf8 + random.nextInt(8));
        return changed;
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        bytes[0] = (byte) 0xff;
        return bytes;
    }

    private static byte[] nested(int depth) {
        return ("{\"prompt\":" + "[".repeat(depth) + "]".repeat(depth) + "}").getBytes(UTF_8);
    }

    private static String body(Map<String, String> fields, boolean inInput) {
        List<String> members = new ArrayList<>();
        fields.forEach((name, value) -> members.add("\"" + name + "\":" + value));
        String all = "{" + String.join(",", members) + "}";
        return inInput ? "{\"input\":" + all + "}" : all;
    }

    private static List<String> join(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
