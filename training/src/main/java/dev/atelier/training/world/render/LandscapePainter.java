package dev.atelier.training.world.render;

import dev.atelier.training.world.scene.Landscape;
import dev.atelier.training.world.scene.Scene;
import dev.atelier.training.world.scene.Structure;
import dev.atelier.training.world.scene.StructureKind;
import dev.atelier.training.world.scene.Subject;
import dev.atelier.training.world.scene.Terrain;
import dev.atelier.training.world.scene.Water;

/** Open land, painted from the sky to the viewer's feet. */
record LandscapePainter(Site site, Scene scene) {

    static LandscapePainter of(Canvas canvas, Scene scene, Landscape landscape) {
        return new LandscapePainter(Site.of(canvas, landscape, scene.seed()), scene);
    }

    void paint() {
        Landscape landscape = site.landscape();
        LandPainter land = new LandPainter(site);
        switch (landscape.terrain()) {
            case MOUNTAINS -> {
                MountainPainter mountains = new MountainPainter(site);
                new SkyPainter(site).paint(mountains.skyline(site.lightX()));
                mountains.paint();
                land.foothills();
            }
            case HILLS -> {
                new SkyPainter(site).paint(site.horizon() - site.relief() * 0.42);
                land.hills();
            }
            case FOREST -> {
                new SkyPainter(site).paint(site.horizon() - site.relief() * 0.74);
                land.woods();
            }
            case DESERT -> {
                new SkyPainter(site).paint(site.horizon() - site.relief() * 0.28);
                land.dunes();
            }
            case COAST -> {
                new SkyPainter(site).paint(site.horizon() - site.unit() * 0.05);
                new SeaPainter(site).paint();
            }
            case CITY -> {
                new SkyPainter(site).paint(site.horizon() - site.relief() * 0.85);
                new CityPainter(site).paint();
            }
            case CLOUDSCAPE -> {
                new SkyPainter(site).paint(site.horizon() - site.unit() * 0.06);
                new CloudSeaPainter(site).paint();
            }
        }
        inSky();
        near(land);
        for (Subject subject : scene.subjects()) {
            if (subject instanceof Structure structure && structure.kind() != StructureKind.BALLOON) {
                new StructurePainter(site, structure).paint();
            }
        }
        land.frame();
        new WeatherPainter(site).paint();
    }

    private void inSky() {
        for (Subject subject : scene.subjects()) {
            if (subject instanceof Structure structure && structure.kind() == StructureKind.BALLOON) {
                new StructurePainter(site, structure).paint();
            }
        }
    }

    private void near(LandPainter land) {
        switch (site.landscape().terrain()) {
            case MOUNTAINS, HILLS, FOREST, CITY -> {
                if (site.landscape().water() == Water.LAKE) {
                    new WaterPainter(site).mirror(site.horizon());
                } else if (site.landscape().water() == Water.RIVER) {
                    new RiverPainter(site).paint();
                } else {
                    meadow(land);
                }
            }
            case DESERT, COAST, CLOUDSCAPE -> {}
        }
        if (site.landscape().water() != Water.RIVER) {
            land.bank();
        }
    }

    private void meadow(LandPainter land) {
        int ground = site.landscape().terrain() == Terrain.CITY ? 0x6F8F6A : site.grass();
        for (int i = 0; i < 3; i++) {
            double base = site.horizon() + (site.height() - site.horizon()) * (0.02 + 0.22 * i);
            double[] heights = land.rolling("meadow " + i, base + site.unit() * 0.02, site.unit() * 0.04, 1.8);
            land.ground(
                    heights,
                    site.height() + 2,
                    Rgb.mix(ground, 0x2A4A30, site.snowy() ? 0.02 * i : 0.08 * i),
                    0.10 - 0.04 * i);
        }
    }
}
