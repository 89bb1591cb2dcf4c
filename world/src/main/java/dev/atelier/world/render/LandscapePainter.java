package dev.atelier.world.render;

import dev.atelier.world.scene.Animal;
import dev.atelier.world.scene.Drawing;
import dev.atelier.world.scene.Landscape;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Side;
import dev.atelier.world.scene.Structure;
import dev.atelier.world.scene.StructureKind;
import dev.atelier.world.scene.Subject;
import dev.atelier.world.scene.Terrain;
import dev.atelier.world.scene.Thing;
import dev.atelier.world.scene.Water;

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
                new SkyPainter(site, mountains.skyline(site.lightX())).paint();
                mountains.paint();
                land.foothills();
            }
            case HILLS -> {
                new SkyPainter(site, site.horizon() - site.relief() * 0.42).paint();
                land.hills();
            }
            case FOREST -> {
                new SkyPainter(site, site.horizon() - site.relief() * 0.74).paint();
                land.woods();
            }
            case DESERT -> {
                new SkyPainter(site, site.horizon() - site.relief() * 0.28).paint();
                land.dunes();
            }
            case COAST -> {
                new SkyPainter(site, site.horizon() - site.unit() * 0.05).paint();
                new SeaPainter(site).paint();
            }
            case CITY -> {
                new SkyPainter(site, site.horizon() - site.relief() * 0.85).paint();
                new CityPainter(site).paint();
            }
            case CLOUDSCAPE -> {
                new SkyPainter(site, site.horizon() - site.unit() * 0.06).paint();
                new CloudSeaPainter(site).paint();
            }
        }
        near(land);
        WeatherPainter weather = new WeatherPainter(site);
        weather.hang();
        inSky();
        DrawnLandscape drawings = new DrawnLandscape(site);
        for (Subject subject : scene.subjects()) {
            if (subject instanceof Drawing drawing && drawings.apart(drawing)) {
                drawings.place(drawing);
            }
        }
        for (Subject subject : scene.subjects()) {
            if (subject instanceof Structure structure && structure.kind() != StructureKind.BALLOON) {
                new StructurePainter(site, structure).paint();
            }
        }
        land.frame();
        for (Subject subject : scene.subjects()) {
            if (subject instanceof Drawing drawing) {
                if (!drawings.apart(drawing)) {
                    drawings.stand(drawing);
                }
            } else if (!(subject instanceof Structure)) {
                figure(subject);
            }
        }
        weather.fall();
    }

    private void figure(Subject subject) {
        boolean several = scene.subjects().size() > 1 || subject.side() != Side.CENTRE;
        double tallest = Math.min(site.unit() * (several ? 0.46 : 0.58), site.height() * 0.7);
        double share = subject instanceof Thing ? 0.6 : subject instanceof Animal ? 0.86 : 1;
        double size = tallest * share / FigurePlacer.reach(subject);
        double foot = Math.min(site.height() * 0.935, site.height() - site.unit() * 0.03);
        Sketch sketch = new Sketch(site.canvas(), site.x(subject.side()), foot, size);
        FigurePlacer.stand(sketch, subject, site.light()::onSubject, site.dice("drawing " + subject.side()));
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
        double[] flat = land.rolling("meadow", site.horizon() + 1, 0, 1);
        land.ground(flat, site.height() + 2, ground, 0.12);
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
