package dev.atelier.server.api;

import dev.atelier.server.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Multipart forms as clients send them. */
public final class Form {
    private Form() {}

    /** A text, or a file when it has a name or no content, as browsers send one that was not chosen. */
    public static byte[] part(String name, String file, byte[] content) {
        boolean isFile = !file.isEmpty() || content.length == 0;
        String head = "--b\r\nContent-Disposition: form-data; name=\"" + name + "\""
                + (isFile ? "; filename=\"" + file + "\"\r\nContent-Type: application/octet-stream" : "") + "\r\n\r\n";
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        part.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        part.writeBytes(content);
        part.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        return part.toByteArray();
    }

    public static HttpResponse<String> send(RunningServer server, String path, byte[]... parts)
            throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            body.writeBytes(part);
        }
        body.writeBytes("--b--\r\n".getBytes(StandardCharsets.UTF_8));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.base() + path))
                    .header("Content-Type", "multipart/form-data; boundary=b")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
