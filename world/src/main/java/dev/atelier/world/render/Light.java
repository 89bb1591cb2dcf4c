package dev.atelier.world.render;

import dev.atelier.world.scene.Time;
import dev.atelier.world.scene.Weather;

/**
 * The light of an hour and its weather.
 *
 * @param skyTop the sky overhead
 * @param skyMiddle half way down
 * @param horizon just above the land
 * @param haze what distance fades to
 * @param source the sun or the moon
 * @param tint what lit surfaces are tinted with
 * @param strength of the tint, 0 to 1
 */
record Light(int skyTop, int skyMiddle, int horizon, int haze, int source, int tint, double strength) {

    static Light of(Time time, Weather weather) {
        Light clear = switch (time) {
            case SUNRISE -> new Light(0x6FA5E0, 0xF3BFCB, 0xFFE2A8, 0xF3C9BE, 0xFFF4CC, 0xFFD9C4, 0.30);
            case DAY -> new Light(0x2D7FDB, 0x74BBF2, 0xD6EFFB, 0xB9DBF2, 0xFFF9DC, 0xFFFFFF, 0.0);
            case SUNSET -> new Light(0x41307A, 0xE2556B, 0xFFB648, 0xDB7466, 0xFFE9A0, 0xE38A68, 0.46);
            case NIGHT -> new Light(0x0A1238, 0x1B3270, 0x4468A8, 0x35528F, 0xF3F4E6, 0x4A64B4, 0.74);
        };
        boolean night = time == Time.NIGHT;
        return switch (weather) {
            case CLEAR -> clear;
            case CLOUDY -> clear.under(night ? 0x2A3A66 : 0xC9D3DE, 0.22, 0.03);
            case FOG -> clear.under(night ? 0x4A5C8C : 0xDCE3E8, 0.55, 0.05);
            case RAIN -> clear.under(night ? 0x22304F : 0x7C8B9A, 0.62, 0.14);
            case SNOWFALL -> clear.under(night ? 0x3A4C7C : 0xCBD6E2, 0.60, 0.05);
        };
    }

    private Light under(int cover, double share, double dimming) {
        return new Light(
                Rgb.mix(skyTop, cover, share),
                Rgb.mix(skyMiddle, cover, share),
                Rgb.mix(horizon, cover, share * 0.85),
                Rgb.mix(haze, cover, share * 0.85),
                source,
                Rgb.mix(tint, cover, dimming),
                Math.min(0.8, strength + dimming));
    }

    /** A surface colour in this light. */
    int on(int rgb) {
        return Rgb.mix(rgb, Rgb.multiply(Rgb.mix(rgb, Rgb.WHITE, 0.12), tint), Math.min(1, strength * 1.25));
    }

    /** A surface colour in this light from afar; {@code distance} from 0 to 1. */
    int on(int rgb, double distance) {
        return Rgb.mix(on(rgb), haze, distance);
    }

    /** A subject in this light: tinted less than the land, so that its own colour can still be named. */
    int onSubject(int rgb) {
        return Rgb.mix(rgb, on(rgb), 0.3);
    }
}
