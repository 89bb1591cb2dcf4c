package dev.atelier.client;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One call, however often it is sent.
 *
 * @param headers beside those of every call
 * @param body asked for anew at each attempt
 * @param repeatable whether sent twice it does the same as sent once
 * @param timeout of one attempt
 */
record Call(
        String method,
        URI uri,
        Map<String, String> headers,
        Supplier<BodyPublisher> body,
        boolean repeatable,
        Duration timeout) {
    static Call get(URI uri, Duration timeout) {
        return new Call("GET", uri, Map.of(), BodyPublishers::noBody, true, timeout);
    }

    static Call post(URI uri, Duration timeout) {
        return new Call("POST", uri, Map.of(), BodyPublishers::noBody, false, timeout);
    }

    static Call delete(URI uri, Duration timeout) {
        return new Call("DELETE", uri, Map.of(), BodyPublishers::noBody, false, timeout);
    }

    Call with(String header, String value) {
        return with(Map.of(header, value));
    }

    Call with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new Call(method, uri, Map.copyOf(all), body, repeatable, timeout);
    }

    Call json(Object content) {
        byte[] bytes = Json.write(content);
        return body("application/json", () -> BodyPublishers.ofByteArray(bytes));
    }

    Call body(String contentType, Supplier<BodyPublisher> content) {
        Call typed = with("Content-Type", contentType);
        return new Call(method, uri, typed.headers(), content, repeatable, timeout);
    }

    Call safeToRepeat() {
        return new Call(method, uri, headers, body, true, timeout);
    }
}
