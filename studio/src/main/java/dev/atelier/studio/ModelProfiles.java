package dev.atelier.studio;

import dev.atelier.engine.pipeline.ModelInfo;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.vocabulary.VocabularyAdapter;

/** What prompt engineering must know of a loaded model. */
public final class ModelProfiles {
    private ModelProfiles() {}

    /** The profile of a model that no catalog describes: every size and number that the API allows, the vocabulary of its name. */
    public static ModelProfile of(ModelInfo model) {
        return ModelProfile.of(model.name(), model.defaultSize(), model.sizeMultiple())
                .withVocabulary(VocabularyAdapter.nameFor(model.name()));
    }
}
