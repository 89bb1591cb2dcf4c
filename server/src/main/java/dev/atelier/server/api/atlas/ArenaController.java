package dev.atelier.server.api.atlas;

import dev.atelier.api.Answer;
import dev.atelier.api.arena.BattleView;
import dev.atelier.api.arena.BoardView;
import dev.atelier.api.arena.VotedView;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.api.JsonBody;
import dev.atelier.server.api.Origins;
import dev.atelier.server.arena.Boards;
import dev.atelier.server.arena.VoteExport;
import dev.atelier.server.arena.Voting;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Blind battles, votes on them, and what the votes say. */
@RestController
@Tag(name = "Arena")
class ArenaController {
    private static final String LINES = "application/x-ndjson";

    private final Voting voting;
    private final Boards boards;
    private final VoteExport export;
    private final ArenaJson arena;
    private final JsonBody json;
    private final Origins origins;

    ArenaController(Voting voting, Boards boards, VoteExport export, ArenaJson arena, JsonBody json, Origins origins) {
        this.voting = voting;
        this.boards = boards;
        this.export = export;
        this.arena = arena;
        this.json = json;
        this.origins = origins;
    }

    @GetMapping({"/api/v1/arena/battle", "/api/v1/arena/battle/"})
    @Operation(summary = "Two pictures of one prompt, without a word of who made them")
    ResponseEntity<Answer<BattleView>> battle(ApiKey key, HttpServletRequest request) {
        return AtlasJson.answer(voting.next(key.id())
                .map(shown -> arena.battle(shown, origins.of(request)))
                .orElseGet(() -> BattleView.none(voting.whyNone())));
    }

    @PostMapping({"/api/v1/arena/battle/{id}/vote", "/api/v1/arena/battle/{id}/vote/"})
    @Operation(summary = "Vote on a battle, once, and hear who made the pictures")
    ResponseEntity<Answer<VotedView>> vote(@PathVariable String id, HttpServletRequest request, ApiKey key) {
        ArenaBody body = new ArenaBody(json.read(request), Set.of("token", "choice"));
        return AtlasJson.answer(
                ArenaJson.voted(voting.vote(id, key.id(), body.required("token"), body.required("choice"))));
    }

    @GetMapping({"/api/v1/arena/leaderboard", "/api/v1/arena/leaderboard/"})
    @Operation(summary = "The leaderboard with intervals, of all votes, a task or a category")
    ResponseEntity<Answer<BoardView>> leaderboard(
            @RequestParam(defaultValue = "") String task,
            @RequestParam(defaultValue = "") String category,
            @RequestParam(defaultValue = "") String anchor,
            ApiKey key) {
        return AtlasJson.answer(ArenaJson.board(boards.of(task, category, anchor, key.id()), task, category, anchor));
    }

    @GetMapping(value = {"/api/v1/arena/votes.jsonl"})
    @Operation(
            summary = "Votes as preference pairs, a line each, as atelier train --stage prefer reads them",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "With all=true also undecided votes and repeats",
                            content = @Content(mediaType = LINES, schema = @Schema(type = "string"))))
    ResponseEntity<StreamingResponseBody> votes(
            @RequestParam(defaultValue = "false") boolean all, HttpServletRequest request) {
        URI base = origins.of(request);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(LINES))
                .body(out -> export.write(all, base, line -> {
                    try {
                        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }));
    }
}
