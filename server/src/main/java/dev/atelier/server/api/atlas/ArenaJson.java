package dev.atelier.server.api.atlas;

import dev.atelier.api.arena.ArenaPromptView;
import dev.atelier.api.arena.BattleView;
import dev.atelier.api.arena.BoardView;
import dev.atelier.api.arena.ContenderView;
import dev.atelier.api.arena.PromotionView;
import dev.atelier.api.arena.VotedView;
import dev.atelier.arena.Interval;
import dev.atelier.arena.Leaderboard;
import dev.atelier.arena.Standing;
import dev.atelier.server.arena.ArenaPrompt;
import dev.atelier.server.arena.Boards;
import dev.atelier.server.arena.Contender;
import dev.atelier.server.arena.Promotion;
import dev.atelier.server.arena.Recipe;
import dev.atelier.server.arena.Voting;
import dev.atelier.server.media.MediaStore;
import dev.atelier.server.media.StoredMedia;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The arena as this surface writes it. */
@Component
class ArenaJson {
    private final MediaStore media;

    ArenaJson(MediaStore media) {
        this.media = media;
    }

    BattleView battle(Voting.Shown shown, URI base) {
        ArenaPrompt prompt = shown.prompt();
        List<String> sources =
                shown.source().isEmpty() ? List.of() : List.of(url(shown.source(), StoredMedia.Kind.UPLOAD, base));
        return new BattleView(
                true,
                null,
                shown.id(),
                prompt.text(),
                prompt.task().label(),
                prompt.category(),
                sources,
                urls(shown.left(), base),
                urls(shown.right(), base),
                shown.width(),
                shown.height(),
                shown.token(),
                shown.expiresAt().toString());
    }

    private List<String> urls(List<String> ids, URI base) {
        return ids.stream().map(id -> url(id, StoredMedia.Kind.OUTPUT, base)).toList();
    }

    private String url(String id, StoredMedia.Kind kind, URI base) {
        return media.url(id, kind, base).toString();
    }

    static VotedView voted(Voting.Voted voted) {
        return new VotedView(voted.battle(), voted.outcome().label(), recipe(voted.left()), recipe(voted.right()));
    }

    private static VotedView.RecipeView recipe(Recipe recipe) {
        return new VotedView.RecipeView(
                recipe.contender(),
                recipe.model(),
                recipe.servedBy(),
                recipe.weights(),
                recipe.steps(),
                recipe.guidance(),
                recipe.expansion(),
                recipe.seed());
    }

    static ContenderView contender(Contender one) {
        return new ContenderView(
                one.name(),
                one.model(),
                one.servedBy(),
                one.steps(),
                one.guidance(),
                one.precision(),
                one.expansion(),
                one.weights(),
                one.createdAt().toString(),
                one.retired());
    }

    static ArenaPromptView prompt(ArenaPrompt one) {
        return new ArenaPromptView(
                one.id(),
                one.text(),
                one.task().label(),
                one.category(),
                one.images(),
                one.from().label());
    }

    static BoardView board(Boards.Board board, String task, String category, String anchor) {
        Leaderboard leaderboard = board.ranking().leaderboard();
        Map<String, BoardView.IntervalView> style = new LinkedHashMap<>();
        leaderboard.style().forEach((name, worth) -> style.put(name, interval(worth)));
        return new BoardView(
                board.at().toString(),
                task,
                category,
                anchor,
                leaderboard.votes(),
                leaderboard.voters(),
                leaderboard.standings().stream().map(ArenaJson::standing).toList(),
                interval(leaderboard.leftSide()),
                style,
                leaderboard.wins(),
                leaderboard.suspicious().stream()
                        .map(one -> new BoardView.SuspiciousView(one.voter(), one.why(), one.votes()))
                        .toList(),
                board.tasks(),
                board.categories(),
                board.consistency()
                        .map(one -> new BoardView.ConsistencyView(one.repeats(), one.agreed()))
                        .orElse(null));
    }

    private static BoardView.StandingView standing(Standing one) {
        return new BoardView.StandingView(
                one.rank(),
                one.model(),
                interval(one.score()),
                interval(one.controlled()),
                one.votes(),
                one.voters(),
                one.wins(),
                one.losses(),
                one.ties(),
                one.bothBad(),
                one.provisional());
    }

    private static BoardView.IntervalView interval(Interval one) {
        return new BoardView.IntervalView(one.value(), one.lower(), one.upper());
    }

    static PromotionView promotion(Promotion one) {
        Promotion.Grounds grounds = one.grounds();
        return new PromotionView(
                one.id(),
                one.alias(),
                one.from(),
                one.to(),
                new PromotionView.GroundsView(
                        side(grounds.before()),
                        side(grounds.after()),
                        interval(grounds.difference()),
                        grounds.margin(),
                        grounds.factsBefore(),
                        grounds.factsAfter(),
                        grounds.votes(),
                        grounds.voters(),
                        grounds.by()),
                one.at().toString(),
                one.undoneAt() == null ? null : one.undoneAt().toString());
    }

    private static PromotionView.SideView side(Promotion.Side one) {
        return new PromotionView.SideView(
                one.contender(), one.weights(), one.votes(), one.voters(), interval(one.score()));
    }
}
