package dev.atelier.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.world.render.SceneRenderer;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EditPairTest {
    private static final int SIDE = 160;
    private static final World WORLD = World.of(WorldConfig.full());

    @Test
    void everyEditCanBeSeenAndLocalOnesLeaveTheRestIdentical() {
        Set<EditKind> seen = EnumSet.noneOf(EditKind.class);
        for (long seed = 0; seed < 250; seed++) {
            EditPair pair = WORLD.edit(seed);
            byte[] mask = SceneRenderer.mask(pair.source(), pair.target(), SIDE, SIDE);
            double share = share(mask);
            seen.add(pair.kind());

            assertThat(share).as(seed + " " + pair).isGreaterThan(0.0004);
            if (pair.kind().local()) {
                assertThat(share).as(seed + " " + pair).isLessThan(0.45);
                assertThat(corners(mask)).as(seed + " " + pair).isZero();
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(EditKind.values());
    }

    private static double share(byte[] mask) {
        int changed = 0;
        for (byte pixel : mask) {
            changed += pixel;
        }
        return changed / (double) mask.length;
    }

    /** Changed pixels in the top corners, which no subject reaches. */
    private static int corners(byte[] mask) {
        int changed = 0;
        int corner = SIDE / 16;
        for (int y = 0; y < corner; y++) {
            for (int x = 0; x < corner; x++) {
                changed += mask[y * SIDE + x] + mask[y * SIDE + SIDE - 1 - x];
            }
        }
        return changed;
    }
}
