package dev.atelier.training.evaluation;

import dev.atelier.world.World;
import dev.atelier.world.WorldConfig;
import dev.atelier.world.scene.Drawing;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Noun;
import dev.atelier.world.scene.Nouns;
import dev.atelier.world.scene.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** One prompt a noun, which is that noun alone. */
final class NounExam {
    static final String COMMON = "common";
    static final String OTHERS = "others";

    private static final int ATTEMPTS = 60_000;
    private static final Pattern UNCOUNTED = Pattern.compile("^~(the )?");

    private NounExam() {}

    static List<ExamQuestion> all() {
        return Nouns.all().stream()
                .map(noun -> new ExamQuestion(noun.common() ? COMMON : OTHERS, word(noun), word(noun)))
                .toList();
    }

    private static String word(Noun noun) {
        return UNCOUNTED.matcher(noun.words().english().getFirst()).replaceFirst("");
    }

    /** A scene of each noun for which one comes up, with the noun's question. */
    static Map<Integer, Scene> scenes(WorldConfig config, HeldOut heldOut) {
        World world = World.of(HeldOut.only(config, Set.of(Family.THINGS)));
        Map<Integer, Scene> out = new TreeMap<>();
        for (int i = 0; i < ATTEMPTS && out.size() < Nouns.all().size(); i++) {
            Scene scene = world.scene(heldOut.seed("nouns", i));
            List<Drawing> drawings = new ArrayList<>();
            scene.subjects().forEach(subject -> {
                if (subject instanceof Drawing drawing) {
                    drawings.add(drawing);
                }
            });
            if (drawings.size() == 1) {
                out.putIfAbsent(drawings.getFirst().kind().ordinal(), scene);
            }
        }
        return out;
    }
}
