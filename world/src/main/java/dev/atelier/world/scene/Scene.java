package dev.atelier.world.scene;

import java.util.List;
import java.util.Objects;

/**
 * A picture before it is drawn: every attribute explicit, nothing random left but the shapes of incidental detail, which
 * follow from {@code seed}. Each detail has a stream of its own, so that changing one part leaves the rest as it is.
 *
 * @param subjects from left to right, at most three
 */
public record Scene(long seed, Style style, Setting setting, List<Subject> subjects) {

    /** @throws IllegalArgumentException for more than three subjects */
    public Scene {
        Objects.requireNonNull(style, "style");
        Objects.requireNonNull(setting, "setting");
        if (subjects.size() > 3) {
            throw new IllegalArgumentException("subjects: " + subjects.size() + " given, at most 3");
        }
        subjects = List.copyOf(subjects);
    }

    public Family family() {
        Subject first = subjects.isEmpty() ? null : subjects.getFirst();
        boolean drawn = subjects.stream().anyMatch(Drawing.class::isInstance);
        return switch (setting) {
            case Sheet _ -> Family.POSTER;
            case Chart _ -> Family.DIAGRAM;
            case Landscape _, Studio _, Room _ when drawn -> Family.THINGS;
            case Landscape _, Studio _, Room _ ->
                switch (first) {
                    case Person _ -> Family.CHARACTER;
                    case Animal _ -> Family.ANIMAL;
                    case Structure structure when structure.size() == Size.LARGE -> Family.BUILDING;
                    case null, default -> place();
                };
        };
    }

    private Family place() {
        return switch (setting) {
            case Landscape _ -> Family.LANDSCAPE;
            case Room _ -> Family.ROOM;
            default -> Family.PRODUCT;
        };
    }

    public Scene withStyle(Style style) {
        return new Scene(seed, style, setting, subjects);
    }

    public Scene withSetting(Setting setting) {
        return new Scene(seed, style, setting, subjects);
    }

    public Scene withSubjects(List<Subject> subjects) {
        return new Scene(seed, style, setting, subjects);
    }
}
