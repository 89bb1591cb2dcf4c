package dev.atelier.studio;

import dev.atelier.engine.pipeline.ModelInfo;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.words.Vocabulary;

/** What prompt engineering must know of a loaded model. */
public final class ModelProfiles {
    private ModelProfiles() {}

    /** The profile of a model that no catalog describes: every size and number that the API allows, the words of its folder. */
    public static ModelProfile of(ModelInfo model) {
        return ModelProfile.of(model.name(), model.defaultSize(), model.sizeMultiple())
                .withVocabulary(Vocabulary.ofModel(model.folder()));
    }
}
