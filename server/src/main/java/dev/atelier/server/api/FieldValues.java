package dev.atelier.server.api;

import dev.atelier.server.catalog.ListingSchema;
import dev.atelier.server.error.ApiException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checked values of a request's fields, and what is to be told of those that are not known or do nothing. */
final class FieldValues {
    private static final int NAMED = 12;

    private final Map<String, Object> values = new LinkedHashMap<>();
    private final List<String> told = new ArrayList<>();

    /**
     * Fields of other services' models that nothing here could follow.
     *
     * @param harmless values that ask for what happens anyway
     */
    private record Idle(String name, Set<String> harmless, String why) {
        private static final String UNFILTERED = "nothing is checked or held back here";
        private static final String BY_KEY = "usage is counted by key";
        static final List<Idle> ALL = List.of(
                new Idle("quality", Set.of("auto", "standard", "medium"), "steps decides how finely a picture is made"),
                new Idle("style", Set.of(), "the prompt decides it"),
                new Idle("input_fidelity", Set.of(), "mask and strength decide what stays of a picture"),
                new Idle("output_compression", Set.of("100"), "files of a format are all written at one quality"),
                new Idle("moderation", Set.of(), UNFILTERED),
                new Idle("enable_safety_checker", Set.of("false"), UNFILTERED),
                new Idle("disable_safety_checker", Set.of("true"), UNFILTERED),
                new Idle("safety_tolerance", Set.of(), UNFILTERED),
                new Idle("idempotency_key", Set.of(), "nothing is made here"),
                new Idle("user", Set.of(), BY_KEY),
                new Idle("safety_identifier", Set.of(), BY_KEY));
    }

    /** @throws ApiException 400 naming field, value and bound */
    FieldValues(Map<String, JsonNode> given, ListingSchema schema) {
        List<String> unknown = new ArrayList<>();
        given.forEach((name, value) -> {
            Idle idle = Idle.ALL.stream()
                    .filter(field -> field.name().equals(name))
                    .findFirst()
                    .orElse(null);
            Object read = schema.has(name) ? schema.read(name, value) : null;
            if (idle != null) {
                boolean harmless = value.asString("").isBlank()
                        || idle.harmless().contains(value.asString("").strip().toLowerCase(java.util.Locale.ROOT));
                if (!harmless) {
                    told.add(name + ": has no effect; " + idle.why());
                }
            } else if (!schema.has(name)) {
                unknown.add(shortened(name));
            } else if (read != null) {
                values.put(name, read);
            }
        });
        if (!unknown.isEmpty()) {
            List<String> named = unknown.subList(0, Math.min(NAMED, unknown.size()));
            String more = unknown.size() > NAMED ? " and " + (unknown.size() - NAMED) + " more" : "";
            told.addFirst("not known, so ignored: " + String.join(", ", named) + more);
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** A value of a field that holds texts, numbers or flags; {@code otherwise} when it is not given. */
    @SuppressWarnings("unchecked")
    <T> T get(String name, T otherwise) {
        return (T) values.getOrDefault(name, otherwise);
    }

    /** The value of the first of {@code names} that is given; another value under a later name is told of. */
    <T> T first(T otherwise, String... names) {
        String used = "";
        T value = otherwise;
        for (String name : names) {
            if (!has(name)) {
                continue;
            }
            if (used.isEmpty()) {
                used = name;
                value = get(name, otherwise);
            } else if (!get(name, otherwise).equals(value)) {
                noEffect(name, "beside " + used);
            }
        }
        return value;
    }

    /** The entries of a field that names pictures. */
    List<String> pictures(String name) {
        return get(name, List.of());
    }

    /** @param when such as {@code beside steps} or {@code without stream} */
    void noEffect(String name, String when) {
        told.add(name + ": has no effect " + when);
    }

    void tell(String sentence) {
        told.add(sentence);
    }

    List<String> told() {
        return List.copyOf(told);
    }

    private static String shortened(String name) {
        String shown = name.isBlank() ? "''" : name.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
        return shown.length() <= 40 ? shown : shown.substring(0, 40) + "…";
    }
}
