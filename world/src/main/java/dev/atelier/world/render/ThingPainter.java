package dev.atelier.world.render;

import dev.atelier.world.scene.Thing;

/** Draws things, each standing on the origin of its sketch and about one high. */
final class ThingPainter {
    private ThingPainter() {}

    /** @param rgb the thing's colour in the light of its place */
    static void paint(Sketch sketch, Thing thing, int rgb) {
        Surface surface = new Surface(rgb, thing.material());
        VesselPainter vessel = new VesselPainter(sketch, surface);
        GoodsPainter goods = new GoodsPainter(sketch, surface);
        NaturePainter nature = new NaturePainter(sketch, surface);
        switch (thing.kind()) {
            case VASE -> vessel.vase();
            case MUG -> vessel.mug();
            case BOTTLE -> vessel.bottle();
            case TEAPOT -> vessel.teapot();
            case BOWL -> vessel.bowl();
            case LAMP -> vessel.lamp();
            case CANDLE -> vessel.candle();
            case SPHERE -> vessel.sphere();
            case CONE -> vessel.cone();
            case CYLINDER -> vessel.cylinder();
            case PERFUME -> vessel.perfume();
            case CUBE -> goods.cube();
            case PYRAMID -> goods.pyramid();
            case GIFT -> goods.gift();
            case HANDBAG -> goods.handbag();
            case SNEAKER -> goods.sneaker();
            case HEADPHONES -> goods.headphones();
            case CAMERA -> goods.camera();
            case CLOCK -> goods.clock();
            case BOOK -> goods.book();
            case UMBRELLA -> goods.umbrella();
            case CAR -> goods.car();
            case CHAIR -> goods.chair();
            case CAKE -> goods.cake();
            case ICE_CREAM -> goods.iceCream();
            case APPLE -> nature.apple();
            case PEAR -> nature.pear();
            case MUSHROOM -> nature.mushroom();
            case FLOWER -> nature.flower();
            case POTTED_PLANT -> nature.pottedPlant();
        }
    }

    /** Half the width of a kind at height one, for its shadow. */
    static double half(Thing thing) {
        return switch (thing.kind()) {
            case SNEAKER, CAR, CAMERA, CAKE, BOWL -> 0.55;
            case CUBE, PYRAMID, HANDBAG, TEAPOT, GIFT -> 0.44;
            case CANDLE, BOTTLE, FLOWER, ICE_CREAM, MUSHROOM, UMBRELLA -> 0.22;
            default -> 0.34;
        };
    }
}
