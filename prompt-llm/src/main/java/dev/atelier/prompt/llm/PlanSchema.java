package dev.atelier.prompt.llm;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads a language model's answer: the JSON object in it, checked against {@code plan.schema.json}. */
final class PlanSchema {
    /** The schema as text, to be sent to models that can be held to one. */
    static final String TEXT = LanguageModelPromptEngineer.resource("plan.schema.json");

    private static final int MAX_ANSWER = 64_000;
    private static final String THOUGHT = "</think>";
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(TEXT, InputFormat.JSON);

    private PlanSchema() {}

    static PlanAnswer read(String answer) throws RejectedAnswerException {
        if (answer.length() > MAX_ANSWER) {
            throw new RejectedAnswerException(
                    "its answer has " + answer.length() + " characters; at most " + MAX_ANSWER + " are read");
        }
        // What a model thinks aloud may have braces; what stands around its answer is left out.
        int start = answer.indexOf('{', Math.max(0, answer.lastIndexOf(THOUGHT)));
        if (start < 0) {
            throw new RejectedAnswerException("its answer is no JSON object");
        }
        try {
            String object = JSON.readTree(answer.substring(start)).toString();
            List<Error> errors = SCHEMA.validate(object, InputFormat.JSON);
            if (!errors.isEmpty()) {
                throw new RejectedAnswerException("its answer breaks the schema at "
                        + (errors.getFirst().getInstanceLocation().toString().isEmpty()
                                ? "its root"
                                : errors.getFirst().getInstanceLocation()));
            }
            return JSON.readValue(object, PlanAnswer.class);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new RejectedAnswerException("its answer is no valid JSON");
        }
    }
}
