package dev.atelier.server.arena;

import dev.atelier.arena.Consistency;
import dev.atelier.arena.Ranking;
import dev.atelier.arena.RankingRules;
import dev.atelier.arena.Vote;
import dev.atelier.server.error.ApiException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Rankings of the votes there are, computed anew once there are others. */
@Component
public class Boards {
    private static final int KEPT = 50;

    private final Votes votes;
    private final Contenders contenders;
    private final VoterSecrets secrets;
    private final RankingRules rules;
    private final Clock clock;
    private final Map<Key, Computed> known = new LinkedHashMap<>();

    Boards(Votes votes, Contenders contenders, VoterSecrets secrets, ArenaSettings settings, Clock clock) {
        this.votes = votes;
        this.contenders = contenders;
        this.secrets = secrets;
        this.rules = RankingRules.DEFAULT.withMinVoters(settings.minVoters());
        this.clock = clock;
    }

    private record Key(String task, String category, String anchor) {}

    /**
     * @param votes that there were
     * @param consistency by voter's pseudonym
     */
    private record Computed(
            long votes, List<String> names, Ranking ranking, Map<String, Consistency> consistency, Instant at) {}

    /**
     * A ranking, and when it was computed.
     *
     * @param consistency the caller's own; empty before a battle was shown again
     */
    public record Board(
            Ranking ranking,
            Instant at,
            List<String> tasks,
            List<String> categories,
            Optional<Consistency> consistency) {}

    /**
     * @param task empty: all; likewise the category
     * @param anchor contender whose score is 1000; empty: the mean is
     * @throws ApiException 400 when the anchor is no contender
     */
    public Board of(String task, String category, String anchor, String caller) {
        Computed computed = computed(new Key(task, category, anchor));
        return new Board(
                computed.ranking(),
                computed.at(),
                votes.tasks(),
                votes.categories(),
                Optional.ofNullable(computed.consistency().get(secrets.pseudonym(caller))));
    }

    /** Of all votes. */
    Ranking ranking() {
        return computed(new Key("", "", "")).ranking();
    }

    private synchronized Computed computed(Key key) {
        long count = votes.count();
        List<String> names = contenders.all().stream()
                .filter(one -> !one.retired())
                .map(Contender::name)
                .toList();
        Computed earlier = known.get(key);
        if (earlier != null && earlier.votes() == count && earlier.names().equals(names)) {
            return earlier;
        }
        List<Vote> all = votes.of(key.task(), key.category());
        try {
            Ranking ranking = Ranking.of(all, names, rules.withAnchor(key.anchor()));
            Computed computed = new Computed(count, names, ranking, Consistency.of(all), clock.instant());
            known.remove(key);
            known.put(key, computed);
            if (known.size() > KEPT) {
                known.remove(known.keySet().iterator().next());
            }
            return computed;
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("anchor", e.getMessage().replaceFirst("^anchor: ", ""));
        }
    }
}
