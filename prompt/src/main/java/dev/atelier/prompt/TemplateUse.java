package dev.atelier.prompt;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The template that a request's words come from, so that the same request can be made again.
 *
 * @param name such as {@code shop/packshot}; empty: the words are the request's own
 * @param version of the template, from 1; 0 without one
 * @param slots what was given for its slots, by name, as written; the others have their defaults
 */
public record TemplateUse(String name, int version, Map<String, String> slots) {
    /** The request's own words. */
    public static final TemplateUse NONE = new TemplateUse("", 0, Map.of());

    public TemplateUse {
        slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
    }

    public boolean given() {
        return !name.isEmpty();
    }

    /** Name and version, as requests write them: {@code shop/packshot@1}. */
    public String reference() {
        return name + "@" + version;
    }
}
