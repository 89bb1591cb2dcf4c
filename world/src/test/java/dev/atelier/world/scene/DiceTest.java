package dev.atelier.world.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiceTest {

    /** The first outputs of SplitMix64 from state 0, as Vigna's reference implementation gives them. */
    @Test
    void givesTheReferenceSequence() {
        Dice dice = Dice.of(0, "");

        assertThat(dice.nextLong()).isEqualTo(0xE220A8397B1DCDAFL);
        assertThat(dice.nextLong()).isEqualTo(0x6E789E6AA1B965F4L);
        assertThat(dice.nextLong()).isEqualTo(0x06C45D188009454FL);
    }

    @Test
    void streamsOfDifferentPurposesDiffer() {
        assertThat(Dice.of(7, "sky").nextLong()).isNotEqualTo(Dice.of(7, "sea").nextLong());
        assertThat(Dice.of(7, "sky").nextLong()).isEqualTo(Dice.of(7, "sky").nextLong());
    }

    @Test
    void weightsAreShares() {
        Dice dice = Dice.of(1, "weights");
        int heavy = 0;
        for (int i = 0; i < 10_000; i++) {
            heavy += dice.weighted(Map.of("heavy", 3.0, "never", 0.0)).equals("heavy") ? 1 : 0;
            heavy -= dice.chance(0.25) ? 1 : 0;
        }
        assertThat(heavy).isBetween(7_300, 7_700);
    }

    @Test
    void nothingToPickFromIsAnError() {
        assertThatThrownBy(() -> Dice.of(1, "").pick(List.of())).hasMessageContaining("nothing to pick from");
        assertThatThrownBy(() -> Dice.of(1, "").weighted(Map.of("never", 0.0)))
                .hasMessageContaining("none is positive");
    }
}
