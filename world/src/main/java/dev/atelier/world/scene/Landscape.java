package dev.atelier.world.scene;

/**
 * Open land under a sky.
 *
 * @param water fresh water; the sea is a terrain
 * @param ground what does not change what the picture is of, only where its parts are
 */
public record Landscape(
        Terrain terrain, Water water, Trees trees, Season season, Time time, Weather weather, Ground ground)
        implements Setting {

    /**
     * @param light where the sun or the moon is; it shows in clear and cloudy weather
     * @param shore whether a strip of near ground closes the picture at the bottom, on which subjects stand
     */
    public record Ground(Side light, boolean shore) {}

    /** Whether the sun or the moon is to be seen. */
    public boolean showsLight() {
        return weather == Weather.CLEAR || weather == Weather.CLOUDY;
    }

    /** Whether the season can be told from the picture: from leaves, grass or lying snow. */
    public boolean showsSeason() {
        return switch (terrain) {
            case MOUNTAINS, HILLS, FOREST -> true;
            case DESERT, COAST, CITY, CLOUDSCAPE -> false;
        };
    }

    public Landscape withWater(Water water) {
        return new Landscape(terrain, water, trees, season, time, weather, ground);
    }

    public Landscape withTime(Time time) {
        return new Landscape(terrain, water, trees, season, time, weather, ground);
    }

    public Landscape withWeather(Weather weather) {
        return new Landscape(terrain, water, trees, season, time, weather, ground);
    }

    public Landscape withSeason(Season season) {
        return new Landscape(terrain, water, trees, season, time, weather, ground);
    }
}
