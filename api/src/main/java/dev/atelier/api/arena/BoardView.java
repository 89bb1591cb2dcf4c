package dev.atelier.api.arena;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;

/** The leaderboard: Bradley-Terry scores on Elo's scale with 95 % intervals. */
public record BoardView(
        @JsonPropertyDescription("When it was computed.") String date,
        @JsonPropertyDescription("Empty: of all tasks.") String task,

        @JsonPropertyDescription("Empty: of all categories.")
        String category,

        @JsonPropertyDescription("Whose score is 1000; empty: the mean is.")
        String anchor,

        int votes,
        int voters,
        List<StandingView> standings,

        @JsonProperty("left_side") @JsonPropertyDescription("Points that the left side is worth.")
        IntervalView leftSide,

        @JsonPropertyDescription("Points that a usual difference in style is worth.")
        Map<String, IntervalView> style,

        @JsonPropertyDescription("Battles won by opponent, ties as halves.")
        Map<String, Map<String, Double>> wins,

        @JsonPropertyDescription("Voters whose votes were left out.")
        List<SuspiciousView> suspicious,

        @JsonPropertyDescription("Tasks that there are votes on.")
        List<String> tasks,

        @JsonPropertyDescription("Categories that there are votes on.")
        List<String> categories,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @JsonPropertyDescription("The caller's own, once a battle was shown again.")
        ConsistencyView consistency) {
    /** A figure with its 95 % interval. */
    public record IntervalView(double value, double lower, double upper) {}

    /** One row. */
    public record StandingView(
            @JsonPropertyDescription(
                    "1 and the number of those wholly above; shared by those that cannot be told apart.")
            int rank,

            String contender,
            IntervalView score,

            @JsonPropertyDescription("With what style sways taken out.")
            IntervalView controlled,

            int votes,
            int voters,
            int wins,
            int losses,
            int ties,
            @JsonProperty("both_bad") int bothBad,

            @JsonPropertyDescription("Why the score is not to be relied on yet; empty: it is.")
            List<String> provisional) {}

    /** A voter who does not look at the pictures. */
    public record SuspiciousView(String voter, String why, int votes) {}

    /** How often a voter said the same of a battle that was shown again. */
    public record ConsistencyView(int repeats, int agreed) {}
}
