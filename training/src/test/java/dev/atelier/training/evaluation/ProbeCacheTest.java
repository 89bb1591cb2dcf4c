package dev.atelier.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.training.loop.Budget;
import dev.atelier.world.WorldConfig;
import dev.atelier.world.scene.Family;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProbeCacheTest {
    @Test
    void theFingerprintFollowsFromWhatTheProbeFollowsFrom() {
        ProbeSettings settings = ProbeSettings.of(WorldConfig.simple());
        String fingerprint = ProbeCache.fingerprint(settings);

        assertThat(ProbeCache.fingerprint(ProbeSettings.of(reordered(WorldConfig.simple()))))
                .isEqualTo(fingerprint);
        assertThat(Set.of(
                        fingerprint,
                        ProbeCache.fingerprint(ProbeSettings.of(WorldConfig.full())),
                        ProbeCache.fingerprint(settings.withMinutes(1)),
                        ProbeCache.fingerprint(new ProbeSettings(settings.world(), 10, settings.budget(), 1)),
                        ProbeCache.fingerprint(new ProbeSettings(settings.world(), 10, settings.budget(), 2)),
                        ProbeCache.fingerprint(new ProbeSettings(settings.world(), 10, new Budget(9, 0), 2))))
                .hasSize(6);
    }

    private static WorldConfig reordered(WorldConfig world) {
        Map<Family, Double> families = new TreeMap<>(Comparator.reverseOrder());
        families.putAll(world.families());
        return new WorldConfig(
                families,
                world.styles(),
                world.captionForms(),
                world.chineseShare(),
                new LinkedHashSet<>(world.excluded()),
                world.maxThings(),
                world.heldOut());
    }
}
