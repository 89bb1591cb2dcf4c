package dev.atelier.prompt.llm;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads a language model's answer: the JSON object in it, checked against {@code plan.schema.json}. */
final class PlanSchema {
    /** The schema as text, to be sent to models that can be held to one. */
    static final String TEXT = LanguageModelPromptEngineer.resource("plan.schema.json");

    private static final int MAX_ANSWER = 64_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(TEXT, InputFormat.JSON);

    private PlanSchema() {}

    static PlanAnswer read(String answer) throws RejectedAnswerException {
        if (answer.length() > MAX_ANSWER) {
            throw new RejectedAnswerException(
                    "its answer has " + answer.length() + " characters; at most " + MAX_ANSWER + " are read");
        }
        int start = answer.indexOf('{');
        int end = answer.lastIndexOf('}');
        if (start < 0 || end < start) {
            throw new RejectedAnswerException("its answer is no JSON object");
        }
        String object = answer.substring(start, end + 1);
        try {
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
