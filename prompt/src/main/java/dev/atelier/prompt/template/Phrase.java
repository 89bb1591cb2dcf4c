package dev.atelier.prompt.template;

/**
 * One thing said in two languages and two ways.
 *
 * @param prose for models that understand free text
 * @param plain in words that a small model knows
 */
record Phrase(Wording prose, Wording plain) {
    String in(Language language, boolean small) {
        return (small ? plain : prose).in(language);
    }
}
