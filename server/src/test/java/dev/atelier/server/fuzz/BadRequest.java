package dev.atelier.server.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A request that must be refused.
 *
 * @param about what is wrong, for people
 * @param names words of which the refusal's message must have one
 */
record BadRequest(String about, List<String> names, byte[] bytes) {
    static BadRequest json(String path, byte[] body, List<String> names, String about) {
        return post(path, "application/json", body, names, about);
    }

    static BadRequest post(String path, String contentType, byte[] body, List<String> names, String about) {
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Authorization: Bearer $ATLASCLOUD_API_KEY\r\nContent-Type: " + contentType + "\r\nContent-Length: "
                + body.length + "\r\n\r\n";
        return new BadRequest(about, names, concat(head.getBytes(UTF_8), body));
    }

    static BadRequest plain(String request, List<String> names, String about) {
        return new BadRequest(about, names, request.getBytes(UTF_8));
    }

    static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
