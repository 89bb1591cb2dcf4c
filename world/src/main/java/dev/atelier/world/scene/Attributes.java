package dev.atelier.world.scene;

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
        Collector facts = new Collector(scene, new ArrayList<>());
        facts.add(Aspect.FAMILY, scene.family());
        facts.add(Aspect.STYLE, scene.style());
        facts.addSetting();
        for (int i = 0; i < scene.subjects().size(); i++) {
            facts.addSubject(scene.subjects().get(i), i);
        }
        return new Attributes(facts.facts());
    }

    /** The value of {@code aspect}, empty where the scene has none. */
    public Optional<Term> value(Aspect aspect) {
        return facts.stream()
                .filter(fact -> fact.aspect() == aspect)
                .map(Fact::value)
                .findFirst();
    }

    private record Collector(Scene scene, List<Fact> facts) {
        void add(Aspect aspect, Term value) {
            facts.add(new Fact(aspect, value));
        }

        void addSetting() {
            switch (scene.setting()) {
                case Landscape landscape -> addLandscape(landscape);
                case Studio studio -> {
                    if (!studio.stage().carriesEach() || !scene.subjects().isEmpty()) {
                        add(Aspect.STAGE, studio.stage());
                    }
                    addBackdrop(studio.backdrop());
                }
                case Room room -> {
                    add(Aspect.ROOM, room.kind());
                    add(Aspect.FLOOR, room.floor());
                    addBackdrop(room.wall());
                    add(Aspect.TIME, room.window());
                }
                case Sheet sheet -> {
                    add(Aspect.MEDIUM, sheet.medium());
                    add(Aspect.WORD, sheet.word());
                    add(Aspect.SCRIPT, sheet.script());
                    add(Aspect.TYPEFACE, sheet.typeface());
                    add(Aspect.INK, sheet.ink());
                    addBackdrop(sheet.ground());
                }
                case Chart chart -> {
                    add(Aspect.CHART, chart.kind());
                    add(Aspect.PARTS, chart.parts());
                    addBackdrop(chart.ground());
                    for (int i = 0; i < chart.hues().size(); i++) {
                        add(Aspect.part(i), chart.hues().get(i));
                    }
                }
            }
        }

        private void addBackdrop(Hue hue) {
            if (scene.style().colours()) {
                add(Aspect.BACKDROP, hue);
            }
        }

        private void addLandscape(Landscape landscape) {
            add(Aspect.TERRAIN, landscape.terrain());
            add(Aspect.WATER, landscape.water());
            add(Aspect.TREES, landscape.trees());
            add(Aspect.TIME, landscape.time());
            add(Aspect.WEATHER, landscape.weather());
            if (landscape.showsSeason()) {
                add(Aspect.SEASON, landscape.season());
            }
            if (landscape.showsLight()) {
                add(Aspect.LIGHT_SIDE, landscape.ground().light());
            }
        }

        void addSubject(Subject subject, int index) {
            if (subject.colour() != null) {
                add(Aspect.colour(index), subject.colour());
            }
            add(Aspect.side(index), subject.side());
            switch (subject) {
                case Thing thing -> {
                    add(Aspect.thing(index), thing.kind());
                    if (thing.kind().showsMaterial() && scene.style().shades()) {
                        add(Aspect.material(index), thing.material());
                    }
                }
                case Structure structure -> {
                    add(Aspect.STRUCTURE, structure.kind());
                    if (structure.kind().hasRoof()) {
                        add(Aspect.ROOF_COLOUR, structure.roof());
                    }
                }
                case Furniture furniture -> add(Aspect.furniture(index), furniture.kind());
                case Drawing drawing -> {
                    add(Aspect.noun(index), drawing.kind());
                    if (drawing.count() > 1) {
                        add(Aspect.number(index), Count.values()[drawing.count() - 2]);
                    }
                }
                case Person person -> addPerson(person);
                case Animal animal -> {
                    add(Aspect.ANIMAL, animal.kind());
                    add(Aspect.EXPRESSION, animal.expression());
                    add(Aspect.WEARABLE, animal.wears());
                    if (animal.wears() != Wearable.NONE) {
                        add(Aspect.ACCENT, animal.accent());
                    }
                }
            }
        }

        private void addPerson(Person person) {
            add(Aspect.PERSON, person.kind());
            add(Aspect.EXPRESSION, person.expression());
            add(Aspect.POSE, person.pose());
            if (person.kind() == PersonKind.ROBOT) {
                return;
            }
            Person.Look look = person.look();
            add(Aspect.HAIR, look.hair());
            add(Aspect.HAIR_COLOUR, look.hairColour());
            add(Aspect.GARMENT, look.garment());
            add(Aspect.HEADWEAR, look.headwear());
            if (look.headwear() != Headwear.NONE) {
                add(Aspect.ACCENT, look.accent());
            }
        }
    }
}
