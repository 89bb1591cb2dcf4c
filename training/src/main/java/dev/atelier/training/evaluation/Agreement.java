package dev.atelier.training.evaluation;

import dev.atelier.world.scene.Fact;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** How often the probe reads in pictures what was said of them, group by group. Not thread-safe. */
final class Agreement {
    private final Map<AttributeGroup, Tally> groups = new EnumMap<>(AttributeGroup.class);
    private final Tally all = new Tally();

    void add(Collection<Fact> stated, Reading reading) {
        for (Fact fact : stated) {
            boolean hit = reading.shows(fact);
            all.add(hit);
            groups.computeIfAbsent(AttributeGroup.of(fact.aspect()), _ -> new Tally())
                    .add(hit);
        }
    }

    /** Empty where no fact of the group was stated. */
    Tally of(AttributeGroup group) {
        return groups.getOrDefault(group, new Tally());
    }

    Tally all() {
        return all;
    }
}
