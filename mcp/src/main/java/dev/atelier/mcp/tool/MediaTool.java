package dev.atelier.mcp.tool;

import dev.atelier.api.Upload;
import dev.atelier.mcp.DrawingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** Uploads: a file of this machine, for callers on it, or what a call carries. */
final class MediaTool {
    /** As the service allows it. */
    private static final int MOST_BYTES = 30 << 20;

    private record Picture(String name, byte[] bytes) {}

    ToolAnswer upload(ToolCall call) {
        ObjectNode asked = call.arguments();
        if (asked.has("file_path") == asked.has("data")) {
            throw new DrawingException(
                    400,
                    call.caller().local()
                            ? "file_path: either a path or data is needed, and not both"
                            : "data: missing; a data URI or base64 is needed");
        }
        Picture picture = asked.has("data")
                ? new Picture("", decoded(asked.get("data").stringValue()))
                : file(asked.get("file_path").stringValue());
        String name = asked.path("filename").asString(picture.name());
        Upload upload = call.caller().service().upload(name, picture.bytes());
        ObjectNode data = Json.object()
                .put("url", upload.downloadUrl())
                .put("filename", upload.fileName())
                .put("size_bytes", upload.size())
                .put("media_type", upload.contentType());
        return ToolAnswer.of(
                """
                Uploaded.

                - **URL**: %s
                - **File**: %s (%s, %s)

                Start from it with edit_image: give the URL in images.
                """.formatted(upload.downloadUrl(), upload.fileName(), upload.contentType(), length(upload.size())),
                data);
    }

    private static Picture file(String path) {
        try {
            Path file = Path.of(path);
            if (!file.isAbsolute()) {
                throw new DrawingException(400, "file_path: '" + path + "' is not absolute");
            }
            if (!Files.isRegularFile(file)) {
                throw new DrawingException(400, "file_path: '" + path + "' is no file");
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(MOST_BYTES + 1);
                return new Picture(file.getFileName().toString(), bounded("file_path", bytes));
            }
        } catch (InvalidPathException | IOException e) {
            throw new DrawingException(400, "file_path: '" + path + "' cannot be read");
        }
    }

    private static byte[] decoded(String data) {
        String text = data.strip();
        if (text.startsWith("data:")) {
            int comma = text.indexOf(',');
            if (comma < 0 || !text.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(";base64")) {
                throw new DrawingException(400, "data: a data URI with ;base64, is needed");
            }
            text = text.substring(comma + 1);
        }
        try {
            return bounded("data", Base64.getMimeDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new DrawingException(400, "data: is no base64");
        }
    }

    private static byte[] bounded(String field, byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new DrawingException(413, field + ": is longer than 30 MB, the most allowed");
        }
        if (bytes.length == 0) {
            throw new DrawingException(400, field + ": is empty");
        }
        return bytes;
    }

    private static String length(long bytes) {
        return bytes < 1 << 20
                ? String.format(Locale.ROOT, "%.1f KB", bytes / 1024.0)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1048576.0);
    }
}
