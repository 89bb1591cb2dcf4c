package dev.atelier.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;

/** A form with one file (RFC 7578). */
record Multipart(String boundary, byte[] head, byte[] tail) {
    /** @param fileName of the caller's; characters that would end the header are left out */
    static Multipart file(String fileName) {
        String boundary = "atelier-" + UUID.randomUUID();
        String name = fileName.replaceAll("[\\p{Cntrl}\"\\\\]", "");
        String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                + (name.isBlank() ? "picture" : name) + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
        return new Multipart(boundary, head.getBytes(UTF_8), ("\r\n--" + boundary + "--\r\n").getBytes(UTF_8));
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    BodyPublisher around(BodyPublisher content) {
        return BodyPublishers.concat(BodyPublishers.ofByteArray(head), content, BodyPublishers.ofByteArray(tail));
    }
}
