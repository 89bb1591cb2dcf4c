package dev.atelier.server.catalog;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names that clients have fixed, many of which differ in a date only; {@code *} stands for any characters but a slash. */
record NamePattern(Pattern pattern, Listing.Variant variant, ModelEntry model, ModelEntry.About about) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]{0,159}");

    /** @throws IllegalArgumentException when {@code glob} is none */
    NamePattern(String glob, Listing.Variant variant, ModelEntry model, ModelEntry.About about) {
        this(compile(glob), variant, model, about);
    }

    /** Whether any model could have this name. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    boolean matches(String name) {
        return isName(name) && pattern.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    Listing listing(String name) {
        return new Listing(name, variant, model, about, true);
    }

    private static Pattern compile(String glob) {
        if (!glob.matches("[A-Za-z0-9*][A-Za-z0-9._:/@*-]*")) {
            throw new IllegalArgumentException(
                    "patterns: '" + glob + "' is no name; letters, digits, . _ : / @ - and * are allowed");
        }
        String[] parts = glob.toLowerCase(Locale.ROOT).split("\\*", -1);
        StringBuilder regex = new StringBuilder(Pattern.quote(parts[0]));
        for (int i = 1; i < parts.length; i++) {
            regex.append("[^/]+").append(Pattern.quote(parts[i]));
        }
        return Pattern.compile(regex.toString());
    }
}
