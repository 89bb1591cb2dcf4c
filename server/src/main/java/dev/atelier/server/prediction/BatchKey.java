package dev.atelier.server.prediction;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.Shot;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Says which predictions differ in nothing but their seeds, so that the engine can make them in one pass. */
final class BatchKey {
    /** For a prediction that is always made alone. */
    static final String ALONE = "";

    private BatchKey() {}

    static String of(Prediction.Order order) {
        GenerationPlan plan = order.plan();
        GenerationRequest request = order.request();
        boolean alike = plan.shots().stream().map(Shot::prompt).distinct().count() == 1;
        if (plan.linked() || !request.references().images().isEmpty() || !alike) {
            return ALONE;
        }
        return sha256(String.join(
                "\u0000",
                Stream.of(
                                order.servedBy(),
                                plan.shots().getFirst().prompt(),
                                plan.negativePrompt(),
                                plan.size(),
                                request.sampling().steps(),
                                request.sampling().guidanceScale())
                        .map(String::valueOf)
                        .toList()));
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
