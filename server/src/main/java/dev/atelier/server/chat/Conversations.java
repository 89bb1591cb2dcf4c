package dev.atelier.server.chat;

import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.text.ChatTurn;
import dev.atelier.engine.text.TooLongException;
import dev.atelier.engine.text.Writing;
import dev.atelier.engine.text.Written;
import dev.atelier.prompt.llm.LocalChatModel;
import dev.atelier.server.error.ApiException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Who may talk to the local language model when: one conversation writes at a time, a few wait, others are sent away. So a plan that
 * the prompt engineer asks of the same model waits for one conversation at the most.
 */
@Component
public class Conversations {
    private static final Logger log = LoggerFactory.getLogger(Conversations.class);
    private static final int WAITING = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Optional<LocalChatModel> model;
    private final MeterRegistry meters;
    private final Semaphore places = new Semaphore(1 + WAITING);
    private final Semaphore turn = new Semaphore(1, true);

    Conversations(Optional<LocalChatModel> model, MeterRegistry meters) {
        this.model = model;
        this.meters = meters;
    }

    /**
     * The language model's name.
     *
     * @throws ApiException 404 when none is loaded
     */
    public String name() {
        return loaded().language().name();
    }

    /**
     * Writes the next turn; blocks until it is written.
     *
     * @throws ApiException 400 when the conversation is too long, 404 when no model is loaded, 503 when too many wait
     */
    public Written write(List<ChatTurn> turns, Writing writing) {
        LocalChatModel local = loaded();
        if (!places.tryAcquire()) {
            throw ApiException.unavailable(
                    "the language model is busy and " + WAITING + " conversations wait already", RETRY);
        }
        try {
            if (!turn.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw ApiException.unavailable(
                        "the language model was busy for " + PATIENCE.toSeconds() + " seconds", RETRY);
            }
            try {
                return counted(local.language().write(turns, writing));
            } finally {
                turn.release();
            }
        } catch (TooLongException e) {
            throw ApiException.invalid("messages", e.getMessage());
        } catch (EngineException e) {
            log.error("the language model failed", e);
            throw ApiException.of(HttpStatus.INTERNAL_SERVER_ERROR, "", "the language model failed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.unavailable("the service stops", RETRY);
        } finally {
            places.release();
        }
    }

    private Written counted(Written written) {
        meters.counter("atelier.chat.tokens", "kind", "prompt").increment(written.promptTokens());
        meters.counter("atelier.chat.tokens", "kind", "completion").increment(written.tokens());
        return written;
    }

    private LocalChatModel loaded() {
        return model.orElseThrow(() -> ApiException.notFound("no language model is loaded here;"
                + " atelier.prompt.engineer=local with atelier.prompt.model loads one (docs/prompts.md)"));
    }
}
