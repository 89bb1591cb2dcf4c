/**
 * What a person asks for: from a {@link dev.atelier.prompt.GenerationRequest}, the same for every surface, to a
 * {@link dev.atelier.prompt.GenerationPlan} with the task, the size and one prompt a picture. The door is
 * {@link dev.atelier.prompt.PromptEngineer}.
 */
package dev.atelier.prompt;
