package dev.atelier.world;

import dev.atelier.world.caption.Instructions;
import dev.atelier.world.scene.Animal;
import dev.atelier.world.scene.AnimalKind;
import dev.atelier.world.scene.Chart;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Drawing;
import dev.atelier.world.scene.Expression;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Furniture;
import dev.atelier.world.scene.Hue;
import dev.atelier.world.scene.Landscape;
import dev.atelier.world.scene.Material;
import dev.atelier.world.scene.Noun;
import dev.atelier.world.scene.Person;
import dev.atelier.world.scene.Room;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Sheet;
import dev.atelier.world.scene.Side;
import dev.atelier.world.scene.Structure;
import dev.atelier.world.scene.StructureKind;
import dev.atelier.world.scene.Studio;
import dev.atelier.world.scene.Subject;
import dev.atelier.world.scene.Thing;
import dev.atelier.world.scene.ThingKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Edits of one subject that leave the rest of the picture as it is. */
record SubjectEdits(SceneGenerator scenes, Instructions words, Dice dice, Scene source) {

    Optional<Change> recolour() {
        List<Subject> colourable = source.subjects().stream()
                .filter(subject ->
                        !(subject instanceof Drawing drawing) || drawing.kind().dyeable())
                .toList();
        if (colourable.isEmpty()) {
            return Optional.empty();
        }
        Subject subject = dice.pick(colourable);
        Hue colour = scenes.choice().hue(dice, source.style(), colours());
        return Optional.of(
                new Change(source, swap(subject, subject.withColour(colour)), words.recolour(subject, colour)));
    }

    Optional<Change> remove() {
        return removable().map(subject -> new Change(source, without(subject), words.remove(subject)));
    }

    /** The reverse of a removal, so that what is added is what belongs there. */
    Optional<Change> add() {
        return removable().map(subject -> new Change(without(subject), source, words.add(subject)));
    }

    Optional<Change> replace() {
        if (source.subjects().isEmpty()) {
            return Optional.empty();
        }
        Subject subject = dice.pick(source.subjects());
        Optional<? extends Subject> other = switch (subject) {
            case Thing thing ->
                scenes.choice()
                        .another(dice, kinds(ThingKind.class), ThingKind.values())
                        .map(thing::withKind);
            case Animal animal ->
                scenes.choice()
                        .another(dice, List.of(animal.kind()), AnimalKind.values())
                        .map(animal::withKind);
            case Drawing drawing ->
                scenes.drawings()
                        .another(dice, source.style(), kinds(Noun.class), drawing.kind())
                        .map(drawing::withKind);
            case Structure structure -> landmark(structure);
            case Person _, Furniture _ -> Optional.empty();
        };
        return other.map(to -> new Change(source, swap(subject, to), words.replace(subject, to)));
    }

    /** A thing alone, from one side to the other. */
    Optional<Change> move() {
        if (source.subjects().size() != 1
                || !(source.setting() instanceof Studio || source.setting() instanceof Landscape)
                || !(source.subjects().getFirst() instanceof Drawing drawing)
                || drawing.side() == Side.CENTRE) {
            return Optional.empty();
        }
        Side other = drawing.side() == Side.LEFT ? Side.RIGHT : Side.LEFT;
        return Optional.of(new Change(source, swap(drawing, drawing.at(other)), words.move(drawing, other)));
    }

    private Optional<Structure> landmark(Structure structure) {
        if (source.family() != Family.LANDSCAPE || !(source.setting() instanceof Landscape landscape)) {
            return Optional.empty();
        }
        List<StructureKind> kinds = scenes.landscapes().landmarks(landscape).stream()
                .filter(scenes.config()::allows)
                .filter(kind -> kind != structure.kind())
                .toList();
        return kinds.isEmpty() ? Optional.empty() : Optional.of(structure.withKind(dice.pick(kinds)));
    }

    Optional<Change> material() {
        List<Thing> shaded = source.subjects().stream()
                .filter(Thing.class::isInstance)
                .map(Thing.class::cast)
                .filter(thing -> thing.kind().showsMaterial())
                .toList();
        if (shaded.isEmpty() || !source.style().shades()) {
            return Optional.empty();
        }
        Thing thing = dice.pick(shaded);
        return scenes.choice()
                .another(dice, List.of(thing.material()), Material.MATTE, Material.GLOSSY, Material.METAL)
                .map(material ->
                        new Change(source, swap(thing, thing.withMaterial(material)), words.material(thing, material)));
    }

    Optional<Change> expression() {
        for (Subject subject : source.subjects()) {
            if (subject instanceof Person person) {
                return other(person.expression())
                        .map(other ->
                                new Change(source, swap(person, person.with(other)), words.expression(person, other)));
            }
            if (subject instanceof Animal animal) {
                return other(animal.expression())
                        .map(other ->
                                new Change(source, swap(animal, animal.with(other)), words.expression(animal, other)));
            }
        }
        return Optional.empty();
    }

    private Optional<Expression> other(Expression expression) {
        return scenes.choice().another(dice, List.of(expression), Expression.values());
    }

    /** A subject without which the others stay where and as large as they are. */
    private Optional<Subject> removable() {
        List<Subject> subjects = source.subjects().stream()
                .filter(subject -> source.subjects().size() < 3
                        || subject.side() != Side.CENTRE
                        || source.setting() instanceof Room)
                .toList();
        boolean hasMain = source.family() == Family.BUILDING && subjects.size() == 1;
        return subjects.isEmpty() || hasMain ? Optional.empty() : Optional.of(dice.pick(subjects));
    }

    private List<Hue> colours() {
        List<Hue> hues = new ArrayList<>();
        source.subjects().forEach(subject -> hues.addAll(SceneGenerator.coloursOf(subject)));
        switch (source.setting()) {
            case Studio studio -> hues.add(studio.backdrop());
            case Room room -> hues.add(room.wall());
            case Sheet sheet -> hues.add(sheet.ground());
            case Landscape _ -> hues.addAll(List.of(Hue.BLACK, Hue.GREY, Hue.BROWN));
            case Chart chart -> hues.addAll(chart.hues());
        }
        return hues;
    }

    private <T> List<T> kinds(Class<T> type) {
        return source.subjects().stream()
                .map(Subject::kind)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private Scene swap(Subject subject, Subject other) {
        List<Subject> subjects = new ArrayList<>(source.subjects());
        subjects.set(subjects.indexOf(subject), other);
        return source.withSubjects(subjects);
    }

    private Scene without(Subject subject) {
        List<Subject> subjects = new ArrayList<>(source.subjects());
        subjects.remove(subject);
        return source.withSubjects(subjects);
    }
}
