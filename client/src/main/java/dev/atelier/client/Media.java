package dev.atelier.client;

import dev.atelier.api.Upload;
import dev.atelier.client.AtelierException.Code;
import dev.atelier.client.AtelierException.Details;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Supplier;

/** Pictures to the service and from it. */
final class Media {
    private final Transport transport;

    Media(Transport transport) {
        this.transport = transport;
    }

    Upload.Body upload(Path file) throws FileNotFoundException {
        if (!Files.isRegularFile(file)) {
            throw new FileNotFoundException(file + ": there is no such file");
        }
        return upload(file.getFileName().toString(), () -> {
            try {
                return BodyPublishers.ofFile(file);
            } catch (FileNotFoundException e) {
                throw new AtelierException(Code.INVALID, file + ": is there no more", Details.NONE, e);
            }
        });
    }

    /** Not repeated when it may have been heard: each time would be a file more. */
    Upload.Body upload(String fileName, Supplier<BodyPublisher> content) {
        Multipart form = Multipart.file(fileName);
        Settings settings = transport.settings();
        Call upload = Call.post(
                        settings.at("/api/v1/model/uploadMedia"),
                        settings.timeouts().transfer())
                .body(form.contentType(), () -> form.around(content.get()));
        return transport.json(upload, Upload.Body.class);
    }

    byte[] download(String output) {
        if (output.regionMatches(true, 0, "data:", 0, 5)) {
            return inline(output);
        }
        URI uri = transport.settings().base().resolve(uri(output));
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw new AtelierException(Code.INVALID, "output: '" + output + "' is no http(s) URL");
        }
        return transport.file(uri);
    }

    Path download(String output, Path file) throws IOException {
        byte[] picture = download(output);
        Path part = file.resolveSibling("." + file.getFileName() + "-" + UUID.randomUUID() + ".part");
        try {
            Files.write(part, picture, StandardOpenOption.CREATE_NEW);
            return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new AtelierException(Code.INVALID, "output: is no URL", Details.NONE, e);
        }
    }

    private static byte[] inline(String dataUri) {
        try {
            return Base64.getDecoder().decode(dataUri.substring(dataUri.indexOf(',') + 1));
        } catch (IllegalArgumentException e) {
            throw new AtelierException(Code.INVALID, "output: the data URI is not base64", Details.NONE, e);
        }
    }
}
