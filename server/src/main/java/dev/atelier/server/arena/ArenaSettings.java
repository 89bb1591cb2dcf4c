package dev.atelier.server.arena;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param ready battles that are kept ready for votes; 0: none are made
 * @param votesPerBattle a battle with so many votes counts as used
 * @param idleAfter nobody's order has been open for so long before a battle is made
 * @param every pause between two looks at whether there is something to do
 * @param size side of the square of pixels that contenders draw; 0: the smaller of the two models' own
 * @param keep how long a battle's pictures are kept
 * @param tokenLife how long after it is shown a battle can be voted on
 * @param repeatShare how often a voter is shown a battle again with its sides changed, 0 to 1
 * @param minVoters a contender with fewer voters is provisional, and is not promoted
 * @param builtIn whether the prompts that come with Atelier are drawn
 */
@ConfigurationProperties("atelier.arena")
record ArenaSettings(
        @DefaultValue("20") int ready,
        @DefaultValue("3") int votesPerBattle,
        @DefaultValue("30s") Duration idleAfter,
        @DefaultValue("5s") Duration every,
        @DefaultValue("0") int size,
        @DefaultValue("365d") Duration keep,
        @DefaultValue("1h") Duration tokenLife,
        @DefaultValue("0.1") double repeatShare,
        @DefaultValue("5") int minVoters,
        @DefaultValue("true") boolean builtIn) {
    ArenaSettings {
        inRange("ready", ready, 0, 10_000);
        inRange("votes-per-battle", votesPerBattle, 1, 10_000);
        inRange("min-voters", minVoters, 1, 10_000);
        if (size != 0) {
            inRange("size", size, 256, 4096);
        }
        if (!(repeatShare >= 0 && repeatShare <= 1)) {
            throw new IllegalArgumentException("atelier.arena.repeat-share: " + repeatShare + " is not in 0 to 1");
        }
        if (every.compareTo(Duration.ofMillis(100)) < 0) {
            throw new IllegalArgumentException("atelier.arena.every: " + every + " is below 100 ms");
        }
    }

    private static void inRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "atelier.arena." + name + ": " + value + " is not in " + least + " to " + most);
        }
    }
}
