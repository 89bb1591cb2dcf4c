package dev.atelier.prompt;

/**
 * One request for pictures, the same for every surface (HTTP, MCP, command line). Valid by construction: each part checks its
 * own fields, this record those that depend on each other.
 *
 * @param model catalog id or alias
 * @param template that the prompt's words come from; requests that were stored before templates existed have none
 */
public record GenerationRequest(
        String model,
        Prompt prompt,
        References references,
        SizeWish size,
        SequenceWish sequence,
        Sampling sampling,
        Output output,
        TemplateUse template) {
    /** References and outputs of one request together. */
    public static final int MAX_PICTURES = 15;

    /** @throws InvalidRequestException when the model is missing or there are too many references and outputs together */
    public GenerationRequest {
        if (model == null || model.isBlank()) {
            throw new InvalidRequestException("model", "is empty", "a model id is needed");
        }
        template = template == null ? TemplateUse.NONE : template;
        int outputs = Math.max(1, sequence.maxImages());
        int given = references.images().size();
        if (given + outputs > MAX_PICTURES) {
            throw new InvalidRequestException(
                    "max_images",
                    outputs + " outputs and " + given + " references are " + (outputs + given),
                    "at most 15 together are allowed");
        }
    }

    /** A request that leaves everything but model and prompt open. */
    public static GenerationRequest of(String model, String prompt) {
        return new GenerationRequest(
                model,
                Prompt.of(prompt),
                References.none(),
                SizeWish.open(),
                SequenceWish.auto(),
                Sampling.defaults(),
                Output.defaults(),
                TemplateUse.NONE);
    }

    public GenerationRequest withPrompt(Prompt prompt) {
        return new GenerationRequest(model, prompt, references, size, sequence, sampling, output, template);
    }

    public GenerationRequest withReferences(References references) {
        return new GenerationRequest(model, prompt, references, size, sequence, sampling, output, template);
    }

    public GenerationRequest withSize(SizeWish size) {
        return new GenerationRequest(model, prompt, references, size, sequence, sampling, output, template);
    }

    public GenerationRequest withSequence(SequenceWish sequence) {
        return new GenerationRequest(model, prompt, references, size, sequence, sampling, output, template);
    }

    public GenerationRequest withSampling(Sampling sampling) {
        return new GenerationRequest(model, prompt, references, size, sequence, sampling, output, template);
    }

    public GenerationRequest withOutput(Output output) {
        return new GenerationRequest(model, prompt, references, size, sequence, sampling, output, template);
    }

    public GenerationRequest withTemplate(TemplateUse template) {
        return new GenerationRequest(model, prompt, references, size, sequence, sampling, output, template);
    }
}
