package dev.atelier.prompt.template;

import dev.atelier.prompt.InvalidRequestException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place of a template that a request fills.
 *
 * @param preset its default, as a request would write it; empty wording: it may be left out; null: it must be given
 * @param example what a request could write
 * @param min the least number of {@link Type#COUNT}; 0 for others
 * @param max the greatest number of {@link Type#COUNT}, the most characters of {@link Type#TEXT}; 0 for others
 * @param choices the words that {@link Type#CHOICE} and {@link Type#RATIO} allow, in order; empty for others
 */
public record Slot(
        String name,
        Type type,
        Wording title,
        Wording preset,
        Wording example,
        int min,
        int max,
        List<String> choices) {
    /** What a slot takes. */
    public enum Type {
        /** Words of the request's own, in one line and without quotation marks. */
        TEXT,
        /** One of the template's words. */
        CHOICE,
        /** The shape of the pictures. */
        RATIO,
        /** A whole number. */
        COUNT;

        /** As lists of templates name it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
    private static final int SHOWN = 40;

    /** What could end the sentence's line or a quotation around it; an apostrophe belongs to a word. */
    private static final Pattern FOREIGN = Pattern.compile(
            "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cs}\"“”„‟«»「」『』《》〈〉‘‚‹›＂<>{}|\\\\]|(?<![\\p{L}\\p{N}])['’＇]");

    public Slot {
        choices = List.copyOf(choices);
    }

    /** Whether a request must fill it. */
    public boolean required() {
        return preset == null;
    }

    /** The field's name, as the HTTP surfaces have it. */
    String field() {
        return "slots." + name;
    }

    /**
     * {@code given} in the form in which it is said.
     *
     * @throws InvalidRequestException naming field, value and what is allowed
     */
    String checked(String given) {
        String value = given.strip();
        return switch (type) {
            case TEXT -> text(value);
            case COUNT -> count(value);
            case CHOICE, RATIO -> choice(value.replace('：', ':'));
        };
    }

    private String text(String value) {
        if (value.isEmpty()) {
            throw new InvalidRequestException(field(), "is empty", "1 to " + max + " characters are needed");
        }
        int length = value.codePointCount(0, value.length());
        if (length > max) {
            throw new InvalidRequestException(
                    field(),
                    String.format(Locale.ROOT, "has %,d characters", length),
                    "at most " + max + " are allowed");
        }
        Matcher foreign = FOREIGN.matcher(value);
        if (foreign.find()) {
            throw new InvalidRequestException(
                    field(),
                    "has " + shown(foreign.group().codePointAt(0)) + " at character "
                            + (value.codePointCount(0, foreign.start()) + 1),
                    "one line without quotation marks, brackets < > { }, | and \\ is allowed");
        }
        return value;
    }

    private static String shown(int character) {
        boolean visible = !Character.isISOControl(character) && Character.getType(character) != Character.FORMAT;
        return visible
                ? "the character " + Character.toString(character)
                : String.format("the character U+%04X", character);
    }

    private String count(String value) {
        if (!WHOLE.matcher(value).matches() || Integer.parseInt(value) < min || Integer.parseInt(value) > max) {
            throw new InvalidRequestException(
                    field(), "'" + cut(value) + "'", "a whole number from " + min + " to " + max + " is needed");
        }
        return String.valueOf(Integer.parseInt(value));
    }

    private String choice(String value) {
        Optional<String> chosen =
                choices.stream().filter(value::equalsIgnoreCase).findFirst();
        return chosen.orElseThrow(() -> new InvalidRequestException(
                field(), "'" + cut(value) + "'", "one of " + String.join(", ", choices) + " is needed"));
    }

    private static String cut(String value) {
        String shown = value.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}]", "?");
        return shown.length() <= SHOWN ? shown : shown.substring(0, SHOWN) + "…";
    }
}
