package dev.atelier.world;

import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Hue;
import dev.atelier.world.scene.Landscape;
import dev.atelier.world.scene.Season;
import dev.atelier.world.scene.Side;
import dev.atelier.world.scene.Size;
import dev.atelier.world.scene.Structure;
import dev.atelier.world.scene.StructureKind;
import dev.atelier.world.scene.Style;
import dev.atelier.world.scene.Subject;
import dev.atelier.world.scene.Terrain;
import dev.atelier.world.scene.Time;
import dev.atelier.world.scene.Trees;
import dev.atelier.world.scene.Water;
import dev.atelier.world.scene.Weather;
import java.util.ArrayList;
import java.util.List;

/** Landscapes whose parts go together: no palms in the mountains, no snowfall in summer. */
record LandscapeChoice(Choice choice) {
    private static final List<StructureKind> BUILDINGS = List.of(
            StructureKind.HOUSE,
            StructureKind.BARN,
            StructureKind.CASTLE,
            StructureKind.PAGODA,
            StructureKind.TOWER,
            StructureKind.LIGHTHOUSE,
            StructureKind.WINDMILL,
            StructureKind.SKYSCRAPER);

    Landscape any(Dice dice, Style style) {
        Terrain terrain = choice.mostly(dice, 0.35, Terrain.MOUNTAINS, Terrain.values());
        boolean shore = terrain != Terrain.CLOUDSCAPE && dice.chance(0.6);
        return on(dice, style, terrain, shore);
    }

    /** A landscape with near ground to stand on, and an open middle. */
    Landscape standing(Dice dice, Style style) {
        Terrain terrain = choice.other(dice, List.of(Terrain.CLOUDSCAPE), Terrain.values());
        Landscape landscape = on(dice, style, terrain, true);
        return landscape.water() == Water.RIVER ? landscape.withWater(Water.LAKE) : landscape;
    }

    private Landscape on(Dice dice, Style style, Terrain terrain, boolean shore) {
        Water water = switch (terrain) {
            case MOUNTAINS, HILLS, FOREST ->
                dice.chance(0.6) ? choice.of(dice, Water.LAKE, Water.LAKE, Water.RIVER) : Water.NONE;
            case CITY -> dice.chance(0.5) ? Water.LAKE : Water.NONE;
            case DESERT, COAST, CLOUDSCAPE -> Water.NONE;
        };
        Trees trees = switch (terrain) {
            case MOUNTAINS, HILLS -> choice.of(dice, Trees.NONE, Trees.PINES, Trees.BROADLEAF);
            case FOREST -> choice.of(dice, Trees.PINES, Trees.BROADLEAF);
            case DESERT -> choice.of(dice, Trees.NONE, Trees.CACTI, Trees.PALMS);
            case COAST -> shore ? choice.of(dice, Trees.NONE, Trees.PALMS) : Trees.NONE;
            case CITY, CLOUDSCAPE -> Trees.NONE;
        };
        Season season = choice.of(dice, Season.values());
        Time time = choice.of(dice, times(style));
        Weather weather = weather(dice, style, terrain, season);
        boolean near = shore || water == Water.NONE && terrain != Terrain.COAST && terrain != Terrain.CLOUDSCAPE;
        Landscape.Ground ground = new Landscape.Ground(choice.of(dice, Side.values()), near);
        return new Landscape(terrain, water, trees, season, time, weather, ground);
    }

    /** Neon shows its colours against the dark only. */
    static Time[] times(Style style) {
        return style == Style.NEON ? new Time[] {Time.SUNSET, Time.NIGHT} : Time.values();
    }

    Weather weather(Dice dice, Style style, Terrain terrain, Season season) {
        List<Weather> possible = new ArrayList<>(List.of(Weather.CLEAR, Weather.CLOUDY));
        if (terrain != Terrain.DESERT && terrain != Terrain.CLOUDSCAPE) {
            boolean frost = season == Season.WINTER && terrain != Terrain.COAST && terrain != Terrain.CITY;
            possible.add(frost ? Weather.SNOWFALL : Weather.RAIN);
            if (style != Style.NEON) {
                possible.add(Weather.FOG);
            }
        }
        return choice.mostly(dice, 0.4, Weather.CLEAR, possible.toArray(Weather[]::new));
    }

    /** None or one, of a kind that belongs there. */
    List<Subject> landmark(Dice dice, Style style, Landscape landscape) {
        List<StructureKind> kinds =
                landmarks(landscape).stream().filter(choice.config()::allows).toList();
        if (kinds.isEmpty() || dice.chance(0.5)) {
            return List.of();
        }
        return List.of(structure(dice, style, dice.pick(kinds), Size.MEDIUM, landmarkSide(landscape)));
    }

    /** Away from the light and from the trees that frame the picture on the light's side. */
    static Side landmarkSide(Landscape landscape) {
        return landscape.ground().light() == Side.RIGHT ? Side.LEFT : Side.RIGHT;
    }

    List<StructureKind> landmarks(Landscape landscape) {
        List<StructureKind> kinds = new ArrayList<>();
        kinds.add(StructureKind.BALLOON);
        if (landscape.water() == Water.LAKE || landscape.terrain() == Terrain.COAST) {
            kinds.add(StructureKind.SAILBOAT);
        }
        if (landscape.ground().shore()) {
            kinds.addAll(
                    switch (landscape.terrain()) {
                        case MOUNTAINS, FOREST -> List.of(StructureKind.CABIN, StructureKind.TENT);
                        case HILLS ->
                            List.of(
                                    StructureKind.CABIN,
                                    StructureKind.WINDMILL,
                                    StructureKind.TENT,
                                    StructureKind.CASTLE);
                        case DESERT -> List.of(StructureKind.TENT);
                        case COAST -> List.of(StructureKind.LIGHTHOUSE);
                        case CITY, CLOUDSCAPE -> List.of();
                    });
        }
        return kinds;
    }

    Structure building(Dice dice, Style style) {
        return structure(
                dice, style, choice.of(dice, BUILDINGS.toArray(StructureKind[]::new)), Size.LARGE, Side.CENTRE);
    }

    private Structure structure(Dice dice, Style style, StructureKind kind, Size size, Side side) {
        // Grey and brown walls fade into rock and earth.
        Hue walls = choice.hue(dice, style, List.of(Hue.BLACK, Hue.GREY, Hue.BROWN, Hue.GREEN));
        Hue roof = choice.hue(dice, style, List.of(walls, Hue.WHITE, Hue.BLACK, Hue.PINK, Hue.YELLOW));
        return new Structure(kind, walls, roof, size, side);
    }
}
