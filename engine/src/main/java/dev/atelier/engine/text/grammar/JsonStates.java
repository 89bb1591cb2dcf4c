package dev.atelier.engine.text.grammar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Places in a JSON text; each knows what follows it. */
final class JsonStates {
    private static final int QUOTE = '"';
    private static final int BACKSLASH = '\\';

    private JsonStates() {}

    /** Inside a text that is always the same. */
    record Literal(byte[] bytes, int at, GrammarState next) implements GrammarState {
        @Override
        public GrammarState after(int octet) {
            if ((bytes[at] & 0xFF) != octet) {
                return null;
            }
            return at + 1 == bytes.length ? next : new Literal(bytes, at + 1, next);
        }

        @Override
        public boolean isComplete() {
            return false;
        }

        @Override
        public void finish(ByteArrayOutputStream text) {
            text.write(bytes, at, bytes.length - at);
            next.finish(text);
        }
    }

    /** Where one of several texts stands. @param at bytes of it that are written already, the same in all of {@code texts} */
    record Choice(List<byte[]> texts, int at, GrammarState next) implements GrammarState {
        @Override
        public GrammarState after(int octet) {
            List<byte[]> left =
                    texts.stream().filter(text -> (text[at] & 0xFF) == octet).toList();
            if (left.isEmpty()) {
                return null;
            }
            return left.size() == 1 && left.getFirst().length == at + 1 ? next : new Choice(left, at + 1, next);
        }

        @Override
        public boolean isComplete() {
            return false;
        }

        @Override
        public void finish(ByteArrayOutputStream text) {
            byte[] first = texts.getFirst();
            text.write(first, at, first.length - at);
            next.finish(text);
        }
    }

    /** Where a blank may stand. */
    record Blank(GrammarState next) implements GrammarState {
        @Override
        public GrammarState after(int octet) {
            return octet == ' ' ? next : next.after(octet);
        }

        @Override
        public boolean isComplete() {
            return next.isComplete();
        }

        @Override
        public void finish(ByteArrayOutputStream text) {
            next.finish(text);
        }
    }

    /** Between an array's brackets. @param open whether an item must come, after a comma */
    record Items(UnaryOperator<GrammarState> item, int count, int min, int max, boolean open, GrammarState next)
            implements GrammarState {
        @Override
        public GrammarState after(int octet) {
            if (octet == ']' && count >= min && !open) {
                return next;
            }
            if (count > 0 && !open) {
                return octet == ',' && count < max ? new Blank(new Items(item, count, min, max, true, next)) : null;
            }
            return count < max ? one().after(octet) : null;
        }

        private GrammarState one() {
            return item.apply(new Items(item, count + 1, min, max, false, next));
        }

        @Override
        public boolean isComplete() {
            return false;
        }

        @Override
        public void finish(ByteArrayOutputStream text) {
            if (count >= min && !open) {
                text.write(']');
                next.finish(text);
            } else {
                if (count > 0 && !open) {
                    text.write(',');
                }
                one().finish(text);
            }
        }
    }

    /**
     * Inside a character of UTF-8 (RFC 3629, section 4).
     *
     * @param left bytes that must still come; 0: between characters
     * @param low the least value of the next of them
     * @param high the greatest
     */
    record Utf8(int left, int low, int high) {
        static final Utf8 START = new Utf8(0, 0, 0);

        /** null: no UTF-8. */
        Utf8 after(int octet) {
            if (left > 0) {
                return octet >= low && octet <= high ? new Utf8(left - 1, 0x80, 0xBF) : null;
            }
            if (octet < 0x80) {
                return START;
            }
            return switch (octet) {
                case 0xE0 -> new Utf8(2, 0xA0, 0xBF);
                case 0xED -> new Utf8(2, 0x80, 0x9F);
                case 0xF0 -> new Utf8(3, 0x90, 0xBF);
                case 0xF4 -> new Utf8(3, 0x80, 0x8F);
                default ->
                    octet >= 0xC2 && octet <= 0xF3
                            ? new Utf8(octet < 0xE0 ? 1 : octet < 0xF0 ? 2 : 3, 0x80, 0xBF)
                            : null;
            };
        }
    }

    /** Inside a string's quotation marks. @param min characters that must still come @param max that may */
    record Text(int min, int max, Utf8 character, GrammarState next) implements GrammarState {
        /** In place of characters that must be there and that nobody has written. */
        private static final int FILLER = '-';

        @Override
        public GrammarState after(int octet) {
            if (character.left() > 0) {
                return inside(character.after(octet));
            }
            if (octet == QUOTE) {
                return min == 0 ? next : null;
            }
            if (octet < 0x20 || max == 0) {
                return null;
            }
            Text counted = new Text(Math.max(0, min - 1), max - 1, character, next);
            return octet == BACKSLASH ? new Escape(counted) : counted.inside(character.after(octet));
        }

        private Text inside(Utf8 further) {
            return further == null ? null : new Text(min, max, further, next);
        }

        @Override
        public boolean isComplete() {
            return false;
        }

        @Override
        public void finish(ByteArrayOutputStream text) {
            Utf8 open = character;
            while (open.left() > 0) {
                text.write(open.low());
                open = open.after(open.low());
            }
            for (int i = 0; i < min; i++) {
                text.write(FILLER);
            }
            text.write(QUOTE);
            next.finish(text);
        }
    }

    /** After a backslash; characters by their numbers are left out, since UTF-8 has them all. */
    record Escape(Text next) implements GrammarState {
        @Override
        public GrammarState after(int octet) {
            return "\"\\/bfnrt".indexOf(octet) >= 0 ? next : null;
        }

        @Override
        public boolean isComplete() {
            return false;
        }

        @Override
        public void finish(ByteArrayOutputStream text) {
            text.write('n');
            next.finish(text);
        }
    }

    /** Inside a string of ASCII that must match a pattern. */
    record Fitting(Pattern pattern, int max, String written, GrammarState next) implements GrammarState {
        /** The shortest match is looked for among this many beginnings. */
        private static final int MOST_TRIED = 100_000;

        @Override
        public GrammarState after(int octet) {
            if (octet == QUOTE) {
                return pattern.matcher(written).matches() ? next : null;
            }
            return octet >= 0x20 && octet < 0x7F && octet != BACKSLASH ? with((char) octet) : null;
        }

        private Fitting with(char c) {
            String longer = written + c;
            if (longer.length() > max) {
                return null;
            }
            Matcher matcher = pattern.matcher(longer);
            return matcher.matches() || matcher.hitEnd() ? new Fitting(pattern, max, longer, next) : null;
        }

        @Override
        public boolean isComplete() {
            return false;
        }

        @Override
        public void finish(ByteArrayOutputStream text) {
            String shortest = shortest();
            text.writeBytes(shortest.substring(written.length()).getBytes(StandardCharsets.US_ASCII));
            text.write(QUOTE);
            next.finish(text);
        }

        private String shortest() {
            Deque<Fitting> beginnings = new ArrayDeque<>();
            beginnings.add(this);
            for (int tried = 0; tried < MOST_TRIED && !beginnings.isEmpty(); tried++) {
                Fitting beginning = beginnings.remove();
                if (pattern.matcher(beginning.written()).matches()) {
                    return beginning.written();
                }
                for (char c = 0x20; c < 0x7F; c++) {
                    Fitting longer = c == QUOTE || c == BACKSLASH ? null : beginning.with(c);
                    if (longer != null) {
                        beginnings.add(longer);
                    }
                }
            }
            throw new IllegalStateException(
                    "pattern " + pattern + ": nothing that begins with '" + written + "' matches");
        }
    }

    /** Inside a number. @param written its value so far; -1: not begun */
    record Whole(int min, int max, int written, GrammarState next) implements GrammarState {
        @Override
        public GrammarState after(int octet) {
            if (octet >= '0' && octet <= '9') {
                return written == 0 ? null : with(octet - '0');
            }
            return isInRange() ? next.after(octet) : null;
        }

        private Whole with(int digit) {
            int longer = Math.max(0, written) * 10 + digit;
            return reachable(longer) ? new Whole(min, max, longer, next) : null;
        }

        /** Whether a number that begins with these digits is in range. */
        private boolean reachable(int digits) {
            if (digits == 0) {
                return min == 0;
            }
            for (long low = digits, high = digits; low <= max; low = low * 10, high = high * 10 + 9) {
                if (high >= min) {
                    return true;
                }
            }
            return false;
        }

        private boolean isInRange() {
            return written >= min && written <= max;
        }

        @Override
        public boolean isComplete() {
            return isInRange() && next.isComplete();
        }

        @Override
        public void finish(ByteArrayOutputStream text) {
            Whole state = this;
            while (!state.isInRange()) {
                int digit = state.written < 0 && min > 0 ? 1 : 0;
                Whole longer = state.with(digit);
                while (longer == null) {
                    longer = state.with(++digit);
                }
                text.write('0' + digit);
                state = longer;
            }
            next.finish(text);
        }
    }
}
