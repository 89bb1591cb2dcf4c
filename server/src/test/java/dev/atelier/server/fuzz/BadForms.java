package dev.atelier.server.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atelier.server.media.HostileFiles;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Multipart forms that are broken, lack what is needed, or carry what is no picture. */
final class BadForms {
    private static final String UPLOAD = "/api/v1/model/uploadMedia";
    private static final String EDIT = "/v1/images/edits";
    private static final byte[] PNG = HostileFiles.picture("png", 16, 16);
    private static final List<Map.Entry<String, byte[]>> HOSTILE =
            List.copyOf(HostileFiles.all().entrySet());
    private static final List<String> TRICKY_NAMES = List.of(
            "../../../etc/passwd",
            "..\\\\..\\\\win.ini",
            "a.png%00.html",
            "CON",
            ".htaccess",
            "x".repeat(150),
            "",
            "猫.png");

    private final Random random;

    BadForms(Random random) {
        this.random = random;
    }

    BadRequest next() {
        return switch (random.nextInt(8)) {
            case 0 -> hostileUpload();
            case 1 -> hostileEdit();
            case 2 -> withoutFile();
            case 3 -> cutShort();
            case 4 -> wrongBoundary();
            case 5 -> wrongType();
            case 6 -> wrongField();
            default -> tooManyParts();
        };
    }

    private BadRequest hostileUpload() {
        Map.Entry<String, byte[]> file = HOSTILE.get(random.nextInt(HOSTILE.size()));
        String name = TRICKY_NAMES.get(random.nextInt(TRICKY_NAMES.size()));
        byte[] form = form(part("file", name, "image/png", file.getValue()));
        return request(UPLOAD, form, List.of("file"), "upload of " + file.getKey());
    }

    /** An empty mask is none, as a browser sends it for a file that was not chosen. */
    private BadRequest hostileEdit() {
        Map.Entry<String, byte[]> file = HOSTILE.get(random.nextInt(HOSTILE.size()));
        boolean mask = random.nextBoolean() && file.getValue().length > 0;
        byte[] form = mask
                ? form(
                        text("prompt", "x"),
                        part("image", "a.png", "image/png", PNG),
                        part("mask", "m.png", "image/png", file.getValue()))
                : form(text("prompt", "x"), part("image[]", "a.png", "image/png", file.getValue()));
        return request(EDIT, form, List.of(mask ? "mask" : "image"), "edit with " + file.getKey());
    }

    private BadRequest withoutFile() {
        boolean upload = random.nextBoolean();
        byte[] form = form(text("prompt", "x"), text("other" + random.nextInt(), "y"));
        return request(upload ? UPLOAD : EDIT, form, List.of(upload ? "file" : "image"), "form without a file");
    }

    private BadRequest cutShort() {
        byte[] form = form(part("file", "a.png", "image/png", PNG));
        byte[] cut = Arrays.copyOf(form, random.nextInt(form.length - 4));
        return request(UPLOAD, cut, List.of("body", "file"), "form cut at " + cut.length);
    }

    private BadRequest wrongBoundary() {
        String boundary = List.of(
                        "", "; boundary=", "; boundary=other", "; boundary=" + "z".repeat(100), "; boundary=\"", ";;;")
                .get(random.nextInt(6));
        return BadRequest.post(
                UPLOAD,
                "multipart/form-data" + boundary,
                form(part("file", "a.png", "image/png", PNG)),
                List.of("body", "file", "multipart"),
                "form with boundary '" + boundary + "'");
    }

    private BadRequest wrongType() {
        String type = List.of(
                        "text/html",
                        "application/xml",
                        "application/octet-stream",
                        "image/png",
                        "multipart/mixed; boundary=b",
                        "x",
                        "a/b/c",
                        "*/*")
                .get(random.nextInt(8));
        return BadRequest.post(
                random.nextBoolean() ? UPLOAD : EDIT,
                type,
                form(part("file", "a.png", "image/png", PNG)),
                List.of("Content-Type", "body"),
                "form of type " + type);
    }

    private BadRequest wrongField() {
        String[] field = List.of(
                        new String[] {"size", "10x10"},
                        new String[] {"n", "0"},
                        new String[] {"n", "many"},
                        new String[] {"response_format", "exe"},
                        new String[] {"model", "../../x"},
                        new String[] {"prompt", ""},
                        new String[] {"partial_images", "-1"},
                        new String[] {"seed", "1e999"})
                .get(random.nextInt(8));
        byte[] form = field[0].equals("prompt")
                ? form(text("prompt", field[1]), part("image", "a.png", "image/png", PNG))
                : form(text("prompt", "x"), text(field[0], field[1]), part("image", "a.png", "image/png", PNG));
        return request(EDIT, form, List.of(field[0]), "edit with " + field[0] + " = " + field[1]);
    }

    private BadRequest tooManyParts() {
        byte[][] parts = new byte[60 + random.nextInt(200)][];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = text("field" + i, "x");
        }
        return request(EDIT, form(parts), List.of("body", "file", "parts", "form"), parts.length + " parts");
    }

    private static BadRequest request(String path, byte[] form, List<String> names, String about) {
        return BadRequest.post(path, "multipart/form-data; boundary=b", form, names, about);
    }

    static byte[] part(String name, String file, String type, byte[] content) {
        byte[] head = ("--b\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + file
                        + "\"\r\nContent-Type: " + type + "\r\n\r\n")
                .getBytes(UTF_8);
        return BadRequest.concat(BadRequest.concat(head, content), "\r\n".getBytes(ISO_8859_1));
    }

    private static byte[] text(String name, String value) {
        return ("--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")
                .getBytes(UTF_8);
    }

    static byte[] form(byte[]... parts) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            form.writeBytes(part);
        }
        form.writeBytes("--b--\r\n".getBytes(ISO_8859_1));
        return form.toByteArray();
    }
}
