package dev.atelier.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Reads a stream of server-sent events as the HTML standard (9.2.6) says: lines end with CRLF, LF or CR, {@code data} lines are joined,
 * an event without its empty line is dropped.
 */
final class Sse {
    /** Characters of an event; the largest that the service sends carries a small JPEG. */
    static final int LONGEST_EVENT = 1 << 24;

    private final BufferedReader in;
    private final int longest;
    private String lastId = "";
    private Duration reconnectAfter = Duration.ZERO;
    private boolean afterCarriageReturn;
    private boolean begun;

    /**
     * @param data empty when the block had none: the stream is alive, nothing happened
     * @param lastId of this event or an earlier one, to come back with; empty when there was none
     */
    record Event(String name, String data, String lastId) {}

    Sse(InputStream in) {
        this(in, LONGEST_EVENT);
    }

    Sse(InputStream in, int longest) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.longest = longest;
    }

    /** After which pause the service wants to see a listener again; zero when it has not said. */
    Duration reconnectAfter() {
        return reconnectAfter;
    }

    /**
     * @return null at the end
     * @throws AtelierException of code {@code PROTOCOL} when an event is longer than {@link #LONGEST_EVENT}
     */
    Event next() throws IOException {
        String name = "";
        StringBuilder data = new StringBuilder();
        boolean any = false;
        for (String line = line(); line != null; line = line()) {
            if (line.isEmpty()) {
                if (any) {
                    String joined = data.isEmpty() ? "" : data.substring(0, data.length() - 1);
                    return new Event(name.isEmpty() ? "message" : name, joined, lastId);
                }
                continue;
            }
            any = true;
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
            switch (field) {
                case "event" -> name = value;
                case "data" -> {
                    requireRoom(data.length() + value.length());
                    data.append(value).append('\n');
                }
                case "id" -> lastId = value.indexOf('\0') < 0 ? value : lastId;
                case "retry" ->
                    reconnectAfter =
                            value.matches("[0-9]{1,9}") ? Duration.ofMillis(Long.parseLong(value)) : reconnectAfter;
                default -> {
                    // Comments and fields of later standards.
                }
            }
        }
        return null;
    }

    /**
     * Bounded, which {@link BufferedReader#readLine} is not.
     *
     * @return null at the end, also in the middle of a line
     */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int c = in.read();
            if (c < 0) {
                return null;
            }
            boolean rest = c == '\n' && afterCarriageReturn;
            afterCarriageReturn = c == '\r';
            if (rest) {
                continue;
            }
            if (c == '\n' || c == '\r') {
                return line.toString();
            }
            if (c == '\uFEFF' && !begun) {
                begun = true;
                continue;
            }
            begun = true;
            requireRoom(line.length());
            line.append((char) c);
        }
    }

    private void requireRoom(int length) {
        if (length >= longest) {
            throw new AtelierException(
                    AtelierException.Code.PROTOCOL, "an event is longer than " + longest + " characters");
        }
    }
}
