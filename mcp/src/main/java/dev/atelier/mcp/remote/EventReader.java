package dev.atelier.mcp.remote;

import dev.atelier.api.PredictionView;
import dev.atelier.api.Progress;
import dev.atelier.mcp.DrawingException;
import dev.atelier.mcp.DrawingService;
import dev.atelier.mcp.tool.Drawn;
import dev.atelier.mcp.tool.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;

/** Reads a prediction's server-sent events (WHATWG HTML, 9.2) on a thread of its own; polls when the stream breaks. */
final class EventReader implements DrawingService.Watching, Runnable {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final HttpClient http;
    private final HttpRequest request;
    private final Supplier<PredictionView> poll;
    private final DrawingService.Listener listener;
    private volatile boolean closed;
    private volatile Thread thread;

    private EventReader(
            HttpClient http, HttpRequest request, Supplier<PredictionView> poll, DrawingService.Listener listener) {
        this.http = http;
        this.request = request;
        this.poll = poll;
        this.listener = listener;
    }

    static EventReader start(
            HttpClient http, HttpRequest request, Supplier<PredictionView> poll, DrawingService.Listener listener) {
        EventReader reader = new EventReader(http, request, poll, listener);
        reader.thread = Thread.ofVirtual().name("atelier-events").start(reader);
        return reader;
    }

    @Override
    public void run() {
        try {
            boolean ended = read() || !closed && hasEnded();
            while (!ended && !closed) {
                Thread.sleep(PAUSE);
                ended = hasEnded();
            }
            if (ended && !closed) {
                listener.ended();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the stream told the end. */
    private boolean read() throws InterruptedException {
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                return answer.statusCode() == 200 && read(lines);
            }
        } catch (IOException e) {
            return false;
        }
    }

    private boolean read(BufferedReader lines) throws IOException {
        String event = "";
        for (String line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
            if (line.startsWith("event:")) {
                event = line.substring(6).strip();
            } else if (line.startsWith("data:") && event.equals("progress")) {
                tell(line.substring(5));
            } else if (line.isEmpty() && event.equals("done")) {
                return true;
            }
        }
        return false;
    }

    private void tell(String data) {
        try {
            listener.progress(Json.MAPPER.readValue(data, Progress.class));
        } catch (JacksonException e) {
            // A service of another version; the end is told all the same.
        }
    }

    private boolean hasEnded() {
        try {
            return Drawn.hasEnded(poll.get());
        } catch (DrawingException e) {
            return e.status() == 404;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
