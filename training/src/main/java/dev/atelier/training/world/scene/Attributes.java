package dev.atelier.training.world.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that can be seen in a scene and said about it, as a flat list: the labels of a picture. */
public record Attributes(List<Fact> facts) {

    public Attributes {
        facts = List.copyOf(facts);
    }

    /** The facts of {@code scene} as finally visible: what the picture does not show is not among them. */
    public static Attributes of(Scene scene) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(Aspect.FAMILY, scene.family()));
        facts.add(new Fact(Aspect.STYLE, scene.style()));
        switch (scene.setting()) {
            case Landscape landscape -> describe(landscape, facts);
            case Studio studio -> {
                facts.add(new Fact(Aspect.STAGE, studio.stage()));
                facts.add(new Fact(Aspect.BACKDROP, studio.backdrop()));
            }
        }
        for (int i = 0; i < scene.subjects().size(); i++) {
            describe(scene.subjects().get(i), i, facts);
        }
        return new Attributes(facts);
    }

    /** The value of {@code aspect}, empty where the scene has none. */
    public Optional<Term> value(Aspect aspect) {
        return facts.stream()
                .filter(fact -> fact.aspect() == aspect)
                .map(Fact::value)
                .findFirst();
    }

    private static void describe(Landscape landscape, List<Fact> facts) {
        facts.add(new Fact(Aspect.TERRAIN, landscape.terrain()));
        facts.add(new Fact(Aspect.WATER, landscape.water()));
        facts.add(new Fact(Aspect.TREES, landscape.trees()));
        facts.add(new Fact(Aspect.TIME, landscape.time()));
        facts.add(new Fact(Aspect.WEATHER, landscape.weather()));
        if (landscape.showsSeason()) {
            facts.add(new Fact(Aspect.SEASON, landscape.season()));
        }
        if (landscape.showsLight()) {
            facts.add(new Fact(Aspect.LIGHT_SIDE, landscape.ground().light()));
        }
    }

    private static void describe(Subject subject, int index, List<Fact> facts) {
        facts.add(new Fact(Aspect.colour(index), subject.colour()));
        facts.add(new Fact(Aspect.side(index), subject.side()));
        switch (subject) {
            case Thing thing -> {
                facts.add(new Fact(Aspect.thing(index), thing.kind()));
                facts.add(new Fact(Aspect.material(index), thing.material()));
            }
            case Structure structure -> facts.add(new Fact(Aspect.STRUCTURE, structure.kind()));
        }
    }
}
