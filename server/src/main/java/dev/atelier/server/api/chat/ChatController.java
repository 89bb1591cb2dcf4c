package dev.atelier.server.api.chat;

import dev.atelier.api.chat.ChatAnswer;
import dev.atelier.api.chat.ChatChunk;
import dev.atelier.api.chat.ChatUsage;
import dev.atelier.api.images.ImagesErrorBody;
import dev.atelier.engine.text.Writing;
import dev.atelier.engine.text.Written;
import dev.atelier.server.api.JsonBody;
import dev.atelier.server.chat.Conversations;
import dev.atelier.server.error.ApiException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Conversations with the local language model, where one is loaded. */
@RestController
@Tag(name = "Chat (OpenAI clients)")
class ChatController {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final JsonBody json;
    private final Conversations conversations;
    private final Clock clock;

    ChatController(JsonBody json, Conversations conversations, Clock clock) {
        this.json = json;
        this.conversations = conversations;
        this.clock = clock;
    }

    /** What every piece of an answer says of itself. */
    private record Heading(String id, long created, String model) {
        ChatChunk chunk(List<ChatChunk.Choice> choices, ChatUsage usage) {
            return new ChatChunk(id, "chat.completion.chunk", created, model, choices, usage);
        }
    }

    @PostMapping({"/v1/chat/completions", "/api/v3/chat/completions"})
    @Operation(summary = "The next turn of a conversation with the local language model, at once or as a stream")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = ChatAnswer.class)),
                @Content(mediaType = "text/event-stream", schema = @Schema(type = "string"))
            })
    Object complete(HttpServletRequest request) {
        String model = conversations.name();
        ChatRequest asked = ChatRequest.read(json.read(request));
        Heading heading =
                new Heading("chatcmpl-" + UUID.randomUUID(), clock.instant().getEpochSecond(), model);
        return asked.stream() ? stream(asked, heading) : answer(asked, heading);
    }

    private ResponseEntity<ChatAnswer> answer(ChatRequest asked, Heading heading) {
        StringBuilder text = new StringBuilder();
        StopWords words = new StopWords(asked.stop(), text::append);
        Written written = write(asked, words, new AtomicBoolean());
        ChatAnswer.Message message = new ChatAnswer.Message("assistant", text.toString());
        ChatAnswer answer = new ChatAnswer(
                heading.id(),
                "chat.completion",
                heading.created(),
                heading.model(),
                List.of(new ChatAnswer.Choice(0, message, reason(written, words))),
                ChatUsage.of(written.promptTokens(), written.tokens()),
                asked.warnings());
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(answer);
    }

    /** Pieces are sent as they are written. */
    private SseEmitter stream(ChatRequest asked, Heading heading) {
        SseEmitter emitter = new SseEmitter(LONGEST.multipliedBy(2).toMillis());
        Listener listener = new Listener(emitter, heading);
        emitter.onError(_ -> listener.gone.set(true));
        emitter.onTimeout(() -> listener.gone.set(true));
        emitter.onCompletion(() -> listener.gone.set(true));
        Thread.ofVirtual().name(heading.id()).start(() -> tell(asked, listener));
        return emitter;
    }

    private void tell(ChatRequest asked, Listener listener) {
        try {
            listener.say(new ChatChunk.Delta("assistant", ""), null);
            StopWords words =
                    new StopWords(asked.stop(), piece -> listener.say(new ChatChunk.Delta(null, piece), null));
            Written written = write(asked, words, listener.gone);
            listener.say(new ChatChunk.Delta(null, null), reason(written, words));
            listener.end(asked.usage() ? ChatUsage.of(written.promptTokens(), written.tokens()) : null);
        } catch (ApiException e) {
            listener.fail(e);
        } catch (RuntimeException e) {
            listener.emitter.completeWithError(e);
        }
    }

    /** Whoever reads a stream; once gone, nothing is written for it any more. */
    private static final class Listener {
        private final SseEmitter emitter;
        private final Heading heading;
        private final AtomicBoolean gone = new AtomicBoolean();

        Listener(SseEmitter emitter, Heading heading) {
            this.emitter = emitter;
            this.heading = heading;
        }

        void say(ChatChunk.Delta delta, String reason) {
            send(heading.chunk(List.of(new ChatChunk.Choice(0, delta, reason)), null), MediaType.APPLICATION_JSON);
        }

        /** @param usage null: not asked for */
        void end(ChatUsage usage) {
            if (usage != null) {
                send(heading.chunk(List.of(), usage), MediaType.APPLICATION_JSON);
            }
            send("[DONE]", MediaType.TEXT_PLAIN);
            emitter.complete();
        }

        /** As OpenAI's clients read a failure in a stream. */
        void fail(ApiException e) {
            String code = e.status().name().toLowerCase(Locale.ROOT);
            String type = e.status().is5xxServerError() ? "server_error" : "invalid_request_error";
            String field = e.field().isEmpty() ? null : e.field();
            send(
                    new ImagesErrorBody(new ImagesErrorBody.Detail(code, e.getMessage(), field, type)),
                    MediaType.APPLICATION_JSON);
            emitter.complete();
        }

        private void send(Object data, MediaType type) {
            if (gone.get()) {
                return;
            }
            try {
                emitter.send(SseEmitter.event().data(data, type));
            } catch (IOException | IllegalStateException _) {
                gone.set(true);
            }
        }
    }

    private Written write(ChatRequest asked, StopWords words, AtomicBoolean gone) {
        long begun = System.nanoTime();
        Writing writing = new Writing(
                asked.maxTokens(),
                asked.sampling(),
                asked.grammar(),
                () -> gone.get() || words.found() || System.nanoTime() - begun > LONGEST.toNanos(),
                words);
        Written written = conversations.write(asked.turns(), writing);
        words.end();
        return written;
    }

    private static String reason(Written written, StopWords words) {
        return words.found() || written.end() == Written.End.ENDED ? "stop" : "length";
    }
}
