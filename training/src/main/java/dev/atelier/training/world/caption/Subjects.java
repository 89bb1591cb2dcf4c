package dev.atelier.training.world.caption;

import dev.atelier.training.world.scene.Aspect;
import java.util.List;

/** The aspects of the first, second and third subject. */
final class Subjects {
    static final List<Aspect> THINGS = List.of(Aspect.THING_1, Aspect.THING_2, Aspect.THING_3);
    static final List<Aspect> COLOURS = List.of(Aspect.COLOUR_1, Aspect.COLOUR_2, Aspect.COLOUR_3);
    static final List<Aspect> MATERIALS = List.of(Aspect.MATERIAL_1, Aspect.MATERIAL_2, Aspect.MATERIAL_3);
    static final List<Aspect> SIDES = List.of(Aspect.SIDE_1, Aspect.SIDE_2, Aspect.SIDE_3);

    private Subjects() {}
}
