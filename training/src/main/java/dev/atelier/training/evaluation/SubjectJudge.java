package dev.atelier.training.evaluation;

import dev.atelier.engine.image.Picture;
import dev.atelier.world.WorldConfig;
import dev.atelier.world.scene.Aspect;
import dev.atelier.world.scene.Fact;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says by the probe whether a picture shows a subject that is named by an English word of the world. Words that no family of the
 * probe's world has are not judged.
 */
record SubjectJudge(AttributeProbe probe, WorldConfig world) {
    private static final Pattern UNCOUNTED = Pattern.compile("^~(the )?");

    /** What a picture can be about. */
    private static final Set<Aspect> SUBJECTS = EnumSet.of(
            Aspect.THING_1,
            Aspect.THING_2,
            Aspect.THING_3,
            Aspect.FURNITURE_1,
            Aspect.FURNITURE_2,
            Aspect.FURNITURE_3,
            Aspect.STRUCTURE,
            Aspect.PERSON,
            Aspect.ANIMAL,
            Aspect.NOUN_1,
            Aspect.NOUN_2,
            Aspect.NOUN_3,
            Aspect.TERRAIN,
            Aspect.ROOM,
            Aspect.MEDIUM,
            Aspect.CHART,
            Aspect.FAMILY);

    /** Every fact of the world that a picture of {@code subject} may show, one of which is enough. */
    static List<Fact> facts(String subject, WorldConfig world) {
        List<Fact> out = new ArrayList<>();
        for (Aspect aspect : SUBJECTS) {
            if (occurs(aspect, world)) {
                aspect.vocabulary().stream()
                        .filter(term -> names(term, subject))
                        .forEach(term -> out.add(new Fact(aspect, term)));
            }
        }
        return out;
    }

    /** By one of its words or by its key: the drawing of a fox is called the face of one. */
    private static boolean names(Term term, String subject) {
        return term.name().replaceAll("[-_]", " ").equalsIgnoreCase(subject)
                || term.words().english().stream()
                        .map(word -> UNCOUNTED.matcher(word).replaceFirst(""))
                        .anyMatch(word -> word.equalsIgnoreCase(subject));
    }

    /** Whether a family of {@code world} has it, so that a probe has learnt it. */
    private static boolean occurs(Aspect aspect, WorldConfig world) {
        List<Family> families = switch (aspect) {
            case THING_1, THING_2, THING_3 -> List.of(Family.PRODUCT, Family.POSTER);
            case FURNITURE_1, FURNITURE_2, FURNITURE_3, ROOM -> List.of(Family.ROOM);
            case STRUCTURE -> List.of(Family.BUILDING, Family.LANDSCAPE);
            case PERSON -> List.of(Family.CHARACTER);
            case ANIMAL -> List.of(Family.ANIMAL);
            case NOUN_1, NOUN_2, NOUN_3 -> List.of(Family.THINGS);
            case TERRAIN -> List.of(Family.LANDSCAPE, Family.BUILDING);
            case MEDIUM -> List.of(Family.POSTER);
            case CHART -> List.of(Family.DIAGRAM);
            default -> Arrays.asList(Family.values());
        };
        return families.stream().anyMatch(family -> world.families().getOrDefault(family, 0.0) > 0);
    }

    /** @param subject empty: nothing that could be judged */
    ExamReport.Answer judge(Picture picture, String subject) {
        List<Fact> wanted = subject.isEmpty() ? List.of() : facts(subject, world);
        if (wanted.isEmpty()) {
            return new ExamReport.Answer(picture, Verdict.NOT_JUDGED, "");
        }
        Reading reading = probe.read(picture);
        return new ExamReport.Answer(picture, Verdict.of(wanted.stream().anyMatch(reading::shows)), seen(reading));
    }

    /** The first words of what the probe takes the picture's subjects for. */
    private static String seen(Reading reading) {
        List<String> words = new ArrayList<>();
        for (Aspect aspect : SUBJECTS) {
            int label = reading.label(aspect);
            if (label < aspect.vocabulary().size() && aspect != Aspect.FAMILY) {
                String word = aspect.vocabulary().get(label).words().english().getFirst();
                words.add(UNCOUNTED.matcher(word).replaceFirst("").toLowerCase(Locale.ROOT));
            }
        }
        return String.join(", ", words.stream().distinct().toList());
    }
}
