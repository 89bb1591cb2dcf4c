package dev.atelier.engine.text;

import dev.atelier.engine.text.grammar.GrammarState;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A text that grows by tokens, which may end inside a character: its listener is given whole characters only. */
final class GrowingText {
    private final Consumer<String> listener;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private final StringBuilder text = new StringBuilder();

    GrowingText(Consumer<String> listener) {
        this.listener = listener;
    }

    /** @param piece of the text's UTF-8; null: a token that says nothing */
    void add(byte[] piece) {
        if (piece == null) {
            return;
        }
        waiting.writeBytes(piece);
        byte[] bytes = waiting.toByteArray();
        int whole = bytes.length - open(bytes);
        if (whole > 0) {
            say(new String(bytes, 0, whole, StandardCharsets.UTF_8));
            waiting.reset();
            waiting.write(bytes, whole, bytes.length - whole);
        }
    }

    /** Brings the text to its end as a grammar has it. */
    void finish(GrammarState place) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        place.finish(rest);
        add(rest.toByteArray());
    }

    /** The whole text; what is left of an unfinished character is dropped. */
    String end() {
        return text.toString();
    }

    private void say(String whole) {
        text.append(whole);
        listener.accept(whole);
    }

    /** How many of the last bytes begin a character that needs more of them. */
    private static int open(byte[] bytes) {
        for (int back = 1; back <= Math.min(3, bytes.length); back++) {
            int octet = bytes[bytes.length - back] & 0xFF;
            if (octet >= 0xC0) {
                int length = octet >= 0xF0 ? 4 : octet >= 0xE0 ? 3 : 2;
                return back < length ? back : 0;
            }
            if (octet < 0x80) {
                return 0;
            }
        }
        return 0;
    }
}
