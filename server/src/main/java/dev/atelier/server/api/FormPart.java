package dev.atelier.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atelier.engine.image.codec.PictureFormat;
import dev.atelier.server.error.ApiException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/**
 * A part of a multipart form. Some clients send a picture without a file name, which makes it a text field to most
 * servers: here its type and content decide.
 *
 * @param fileName as the caller says; empty when it says none
 * @param isFile whether the content is a file rather than a text
 */
public record FormPart(String name, String fileName, byte[] content, boolean isFile) {
    private static final int MAX_PARTS = 64;

    /** The parts of a form, in order. A form that is too large or broken was refused before. */
    public static List<FormPart> of(HttpServletRequest request) {
        if (!isForm(request)) {
            throw ApiException.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Content-Type", "multipart/form-data is needed");
        }
        try {
            List<FormPart> parts = new ArrayList<>();
            for (Part part : request.getParts()) {
                parts.add(read(part));
            }
            if (parts.size() > MAX_PARTS) {
                throw ApiException.invalid("body", parts.size() + " parts; at most " + MAX_PARTS + " are allowed");
            }
            return parts;
        } catch (IOException | ServletException e) {
            throw ApiException.invalid("body", "is no readable multipart form");
        }
    }

    /** The part {@code file} of a form, or its only file if that has another name. */
    public static FormPart file(HttpServletRequest request) {
        List<FormPart> files = of(request).stream().filter(FormPart::isFile).toList();
        return files.stream()
                .filter(part -> part.name().equals("file"))
                .findFirst()
                .or(() -> files.size() == 1 ? files.stream().findFirst() : Optional.empty())
                .orElseThrow(() ->
                        ApiException.invalid("file", "missing; a multipart part of this name with a file is needed"));
    }

    public static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.regionMatches(true, 0, "multipart/form-data", 0, 19);
    }

    public String text() {
        return new String(content, UTF_8);
    }

    private static FormPart read(Part part) throws IOException {
        String type = part.getContentType();
        boolean named = part.getSubmittedFileName() != null;
        boolean typed = type != null && !type.regionMatches(true, 0, "text/plain", 0, 10);
        try (InputStream in = part.getInputStream()) {
            byte[] content = in.readAllBytes();
            return new FormPart(
                    part.getName() == null ? "" : part.getName(),
                    named ? part.getSubmittedFileName() : "",
                    content,
                    named || typed || PictureFormat.sniff(content).isPresent());
        }
    }
}
