package dev.atelier.prompt.llm;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.PlannedSize;
import dev.atelier.prompt.PromptEngineer;
import dev.atelier.prompt.SequenceWish;
import dev.atelier.prompt.Shot;
import dev.atelier.prompt.SizeWish;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans with a language model and keeps the rules at hand: they settle size and bounds, and take over whenever the model is
 * late, breaks the schema, or loses a quotation, a reference or a subject.
 */
public final class LanguageModelPromptEngineer implements PromptEngineer {
    private static final Logger LOG = LoggerFactory.getLogger(LanguageModelPromptEngineer.class);
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}]");
    private static final String INSTRUCTIONS = resource("instructions.txt");

    private final ChatModel model;
    private final PromptEngineer rules;
    private final Duration timeout;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param rules plans the size, and everything when the model fails
     * @param timeout how long an answer may take, above zero
     */
    public LanguageModelPromptEngineer(ChatModel model, PromptEngineer rules, Duration timeout) {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout: " + timeout + " is not above 0");
        }
        this.model = model;
        this.rules = rules;
        this.timeout = timeout;
    }

    @Override
    public GenerationPlan plan(GenerationRequest request, ModelProfile profile) {
        GenerationPlan fallback = rules.plan(request, profile);
        if (!request.prompt().expand()
                || request.sequence().mode() == SequenceWish.Mode.DISABLED
                        && fallback.shots().size() > 1) {
            return fallback;
        }
        try {
            PlanAnswer answer = PlanSchema.read(ask(request, profile));
            return planned(request, profile, fallback, AnswerGuard.checked(answer, request, profile, fallback));
        } catch (RejectedAnswerException | ChatModelException e) {
            LOG.warn("{}: {}; the rules plan this request", model.name(), e.getMessage());
            return byRules(fallback, model.name() + " was not used: " + e.getMessage());
        }
    }

    /** The model is asked about words that may be rewritten only. */
    @Override
    public boolean isImmediate(GenerationRequest request) {
        return !request.prompt().expand();
    }

    /** Closes the language model. */
    @Override
    public void close() {
        calls.shutdownNow();
        model.close();
    }

    private String ask(GenerationRequest request, ModelProfile profile) {
        String question = PlanQuestion.of(request, profile);
        Future<String> answer = calls.submit(() -> model.complete(INSTRUCTIONS, question, PlanSchema.TEXT, timeout));
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new ChatModelException("no answer within " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ChatModelException failure) {
                throw failure;
            }
            throw new ChatModelException("failed: " + e.getCause().getClass().getSimpleName(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChatModelException("interrupted", e);
        }
    }

    private GenerationPlan planned(
            GenerationRequest request, ModelProfile profile, GenerationPlan fallback, PlanAnswer answer) {
        List<String> reasons = new ArrayList<>();
        reasons.add("planned by " + model.name());
        if (!answer.reason().isBlank()) {
            reasons.add(CONTROL.matcher(answer.reason().strip()).replaceAll("?"));
        }
        PlannedSize size = size(request, profile, fallback, answer);
        List<Shot> shots =
                answer.shots().stream().map(PlanAnswer.AnsweredShot::shot).toList();
        GenerationPlan plan =
                GenerationPlan.of(request, size, shots, fallback.negativePrompt(), reasons, fallback.warnings());
        boolean apart = fallback.mixed() && !fallback.linked() && plan.mixed();
        return apart ? plan.independent() : plan;
    }

    /** The rules' size; where they found no words about it, the model's shape. */
    private PlannedSize size(
            GenerationRequest request, ModelProfile profile, GenerationPlan fallback, PlanAnswer answer) {
        PlannedSize size = fallback.size();
        boolean unsaid = size.open() || size.width() == size.height();
        SizeWish wish = request.size();
        if (!unsaid || answer.aspect().isEmpty() || wish.exact() || wish.aspect() > 0) {
            return size;
        }
        return PlannedSize.of(SizeWish.parse(answer.aspect()).aspect(), size.pixels(), profile.sizeMultiple());
    }

    private static GenerationPlan byRules(GenerationPlan plan, String reason) {
        List<String> reasons = new ArrayList<>(plan.reasons());
        reasons.add(reason);
        List<String> warnings = new ArrayList<>(plan.warnings());
        warnings.add("prompt: planned by rules; " + reason);
        return new GenerationPlan(
                plan.task(), plan.size(), plan.shots(), plan.negativePrompt(), reasons, warnings, plan.revisedPrompt());
    }

    static String resource(String name) {
        try (InputStream in = LanguageModelPromptEngineer.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
