package dev.atelier.world;

import dev.atelier.world.scene.Chart;
import dev.atelier.world.scene.ChartKind;
import dev.atelier.world.scene.Count;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Floor;
import dev.atelier.world.scene.Furniture;
import dev.atelier.world.scene.FurnitureKind;
import dev.atelier.world.scene.Hue;
import dev.atelier.world.scene.Material;
import dev.atelier.world.scene.Medium;
import dev.atelier.world.scene.Room;
import dev.atelier.world.scene.RoomKind;
import dev.atelier.world.scene.Script;
import dev.atelier.world.scene.Sheet;
import dev.atelier.world.scene.Side;
import dev.atelier.world.scene.Size;
import dev.atelier.world.scene.Slogan;
import dev.atelier.world.scene.Stage;
import dev.atelier.world.scene.Studio;
import dev.atelier.world.scene.Style;
import dev.atelier.world.scene.Subject;
import dev.atelier.world.scene.Thing;
import dev.atelier.world.scene.ThingKind;
import dev.atelier.world.scene.Time;
import dev.atelier.world.scene.Typeface;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Stages, rooms, printed sheets and diagrams, with what belongs in them. */
record InteriorChoice(Choice choice) {
    private static final double LEAST_CONTRAST = 75;
    private static final double DARK = 130;

    /** Different things in different colours, one a side. */
    List<Subject> things(Dice dice, Style style, List<Side> sides) {
        List<Subject> things = new ArrayList<>();
        List<ThingKind> kinds = new ArrayList<>();
        List<Hue> hues = new ArrayList<>();
        for (Side side : sides) {
            Thing thing = new Thing(
                    choice.other(dice, kinds, ThingKind.values()),
                    choice.hue(dice, style, hues),
                    choice.of(dice, Material.MATTE, Material.GLOSSY, Material.METAL),
                    Size.MEDIUM,
                    side);
            kinds.add(thing.kind());
            hues.add(thing.colour());
            things.add(thing);
        }
        return things;
    }

    /** A stage in none of the colours {@code taken}. */
    Studio studio(Dice dice, List<Hue> taken) {
        return new Studio(choice.of(dice, Stage.values()), choice.other(dice, taken, Hue.values()));
    }

    Room room(Dice dice) {
        return new Room(
                choice.of(dice, RoomKind.values()),
                choice.other(dice, List.of(Hue.BLACK, Hue.BROWN), Hue.values()),
                choice.of(dice, Floor.values()),
                choice.of(dice, Time.values()));
    }

    /** What the room is for in the middle, and sometimes more at its sides. */
    List<Subject> furniture(Dice dice, Style style, Room room) {
        FurnitureKind main = switch (room.kind()) {
            case LIVING_ROOM -> FurnitureKind.SOFA;
            case BEDROOM -> FurnitureKind.BED;
            case STUDY -> FurnitureKind.DESK;
            case DINING_ROOM -> FurnitureKind.DINING_TABLE;
        };
        List<FurnitureKind> kinds = new ArrayList<>(List.of(main));
        List<Hue> hues = new ArrayList<>(List.of(room.wall()));
        Furniture middle = new Furniture(main, hue(dice, style, hues), Side.CENTRE);
        List<Subject> furniture = new ArrayList<>(List.of(middle));
        for (Side side : List.of(Side.LEFT, Side.RIGHT)) {
            if (dice.chance(0.65)) {
                FurnitureKind kind = choice.other(
                        dice,
                        kinds,
                        FurnitureKind.ARMCHAIR,
                        FurnitureKind.BOOKSHELF,
                        FurnitureKind.WARDROBE,
                        FurnitureKind.FLOOR_LAMP,
                        FurnitureKind.HOUSE_PLANT);
                kinds.add(kind);
                Furniture piece = new Furniture(kind, hue(dice, style, hues), side);
                furniture.add(side == Side.LEFT ? 0 : furniture.size(), piece);
            }
        }
        return furniture;
    }

    private Hue hue(Dice dice, Style style, List<Hue> taken) {
        Hue hue = choice.hue(dice, style, taken);
        taken.add(hue);
        return hue;
    }

    Sheet sheet(Dice dice, Style style) {
        Hue ground = choice.other(dice, List.of(Hue.GREY, Hue.BROWN), Hue.values());
        Script script = choice.of(dice, Script.LATIN, Script.LATIN, Script.CHINESE);
        return new Sheet(
                choice.mostly(dice, 0.4, Medium.POSTER, Medium.values()),
                choice.of(dice, Slogan.values()),
                script,
                choice.of(dice, Typeface.values()),
                ink(dice, style, ground),
                ground);
    }

    /** A colour that can be read on {@code ground}. */
    Hue ink(Dice dice, Style style, Hue ground) {
        List<Hue> faint = Stream.of(Hue.values())
                .filter(hue -> hue == ground || !readable(style, hue, ground))
                .toList();
        return choice.hue(dice, style, faint);
    }

    /** Whether letters in {@code ink} can be read: neon ground is dark, that of line art pale, others as they are. */
    static boolean readable(Style style, Hue ink, Hue ground) {
        return switch (style) {
            case NEON -> true;
            case LINE_ART -> brightness(ink) < DARK;
            case SOFT, FLAT, PAINTERLY, PAPER_CUT, CARTOON ->
                Math.abs(brightness(ink) - brightness(ground)) >= LEAST_CONTRAST;
        };
    }

    /** Rec. 709 luma, 0 to 255. */
    private static double brightness(Hue hue) {
        int rgb = hue.rgb();
        return 0.2126 * (rgb >> 16 & 0xff) + 0.7152 * (rgb >> 8 & 0xff) + 0.0722 * (rgb & 0xff);
    }

    Chart chart(Dice dice, Style style) {
        ChartKind kind = choice.of(dice, ChartKind.values());
        boolean many = kind == ChartKind.LINE || dice.chance(0.5);
        Hue ground = choice.other(dice, List.of(Hue.BLACK, Hue.WHITE, Hue.BROWN), Hue.values());
        Count parts = many
                ? choice.of(dice, Count.THREE, Count.FOUR, Count.FIVE, Count.SIX)
                : choice.of(dice, Count.TWO, Count.THREE);
        List<Hue> hues = new ArrayList<>(List.of(Hue.WHITE));
        for (int i = 0; i < (many ? 1 : parts.ordinal() + 2); i++) {
            hue(dice, style, hues);
        }
        return new Chart(kind, parts, hues.subList(1, hues.size()), ground);
    }
}
