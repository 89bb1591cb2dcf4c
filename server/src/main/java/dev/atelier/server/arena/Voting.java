package dev.atelier.server.arena;

import dev.atelier.arena.Outcome;
import dev.atelier.arena.PairSelection;
import dev.atelier.arena.Ranking;
import dev.atelier.server.error.ApiException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Shows battles to voters and takes their votes. */
@Component
public class Voting {
    /** Votes before a battle is shown again: by then the first ones are not fresh in mind. */
    private static final int BEFORE_REPEATS = 5;

    private final Battles battles;
    private final Contenders contenders;
    private final Boards boards;
    private final VoterSecrets secrets;
    private final ArenaSettings settings;
    private final Clock clock;
    private final RandomGenerator random = new SecureRandom();

    Voting(
            Battles battles,
            Contenders contenders,
            Boards boards,
            VoterSecrets secrets,
            ArenaSettings settings,
            Clock clock) {
        this.battles = battles;
        this.contenders = contenders;
        this.boards = boards;
        this.secrets = secrets;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A battle as a voter may see it: nothing tells who made which side.
     *
     * @param source id of the file that an edit starts from; empty: none
     * @param left ids of the left side's files
     * @param token for the vote
     */
    public record Shown(
            String id,
            ArenaPrompt prompt,
            String source,
            List<String> left,
            List<String> right,
            int width,
            int height,
            String token,
            Instant expiresAt) {}

    /** What was voted on, told once the vote is stored. */
    public record Voted(String battle, Outcome outcome, Recipe left, Recipe right) {}

    /** The next battle for a voter; empty when none is ready that it has not voted on. */
    public Optional<Shown> next(String voter) {
        Instant since = Arena.shownSince(clock, settings);
        return repeat(voter, since).or(() -> fresh(voter, since)).map(battle -> shown(battle, voter));
    }

    /** Why there is none, for people. */
    public String whyNone() {
        int active = contenders.active().size();
        if (active < 2) {
            return "there are " + active
                    + " contenders; POST /api/v1/arena/contenders enters one, and a battle needs two";
        }
        return settings.ready() == 0
                ? "atelier.arena.ready is 0, so no battles are made"
                : "no battle is ready that this key has not voted on; they are made while the service has nothing else to do";
    }

    private Optional<Battle> repeat(String voter, Instant since) {
        if (random.nextDouble() >= settings.repeatShare()) {
            return Optional.empty();
        }
        Optional<Battle> open = battles.openRepeat(voter, since);
        if (open.isPresent()) {
            return open;
        }
        List<Battle> seen = battles.seenOnce(voter, since);
        if (seen.size() < BEFORE_REPEATS) {
            return Optional.empty();
        }
        Battle again =
                seen.getFirst().again(battles.newId(), voter, clock.instant().truncatedTo(ChronoUnit.MICROS));
        battles.insert(again);
        return Optional.of(again);
    }

    /** Of the pairs that there are battles of, one by what a vote on it would tell; of its battles, the one with the fewest votes. */
    private Optional<Battle> fresh(String voter, Instant since) {
        Ranking ranking = boards.ranking();
        Set<String> active =
                contenders.active().stream().map(Contender::name).collect(Collectors.toCollection(HashSet::new));
        active.retainAll(ranking.models());
        List<Battle> open = battles.open(voter, since).stream()
                .filter(battle -> active.contains(battle.left()) && active.contains(battle.right()))
                .toList();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        PairSelection selection = new PairSelection(ranking, List.copyOf(active));
        List<String> pairs = open.stream().map(Voting::pair).distinct().toList();
        double[] chances = pairs.stream()
                .mapToDouble(pair -> selection.chance(pair.split("\n")[0], pair.split("\n")[1]))
                .toArray();
        double rest = random.nextDouble() * Arrays.stream(chances).sum();
        int chosen = 0;
        while (chosen < chances.length - 1 && rest >= chances[chosen]) {
            rest -= chances[chosen++];
        }
        String pair = pairs.get(chosen);
        return open.stream().filter(battle -> pair(battle).equals(pair)).findFirst();
    }

    private static String pair(Battle battle) {
        return List.of(battle.left(), battle.right()).stream()
                .sorted(Comparator.naturalOrder())
                .collect(Collectors.joining("\n"));
    }

    private Shown shown(Battle battle, String voter) {
        Instant expiry = clock.instant().plus(settings.tokenLife()).truncatedTo(ChronoUnit.SECONDS);
        return new Shown(
                battle.id(),
                battle.asked().prompt(),
                battle.asked().prompt().media(),
                battle.shown().left(),
                battle.shown().right(),
                battle.shown().width(),
                battle.shown().height(),
                secrets.token(battle.id(), voter, expiry),
                expiry);
    }

    /**
     * Takes a vote; once this returns, nothing loses it.
     *
     * @param choice label of an {@link Outcome}
     * @throws ApiException 404 (battle), 400 (choice), 403 (a token that is not of this battle and voter), 410 (its time is over), 409
     *     (the voter has voted on it)
     */
    public Voted vote(String id, String voter, String token, String choice) {
        Battle battle = battles.find(id)
                .filter(one -> one.state() == Battle.State.READY)
                .filter(one -> one.voter().isEmpty() || one.voter().equals(voter))
                .orElseThrow(() -> ApiException.notFound("battle: there is none with this id"));
        Outcome outcome;
        try {
            outcome = Outcome.parse(choice);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("choice", e.getMessage().replaceFirst("^choice: ", ""));
        }
        if (!secrets.isGenuine(token, id, voter)) {
            throw ApiException.of(HttpStatus.FORBIDDEN, "token", "is not the one that this key got with this battle");
        }
        if (VoterSecrets.expiry(token).isBefore(clock.instant())) {
            throw ApiException.of(
                    HttpStatus.GONE, "token", "ended at " + VoterSecrets.expiry(token) + "; ask for a battle again");
        }
        battles.vote(id, voter, outcome.label(), clock.instant().truncatedTo(ChronoUnit.MICROS));
        return new Voted(
                id, outcome, battle.shown().leftRecipe(), battle.shown().rightRecipe());
    }
}
