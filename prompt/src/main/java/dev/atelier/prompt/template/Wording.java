package dev.atelier.prompt.template;

/** The same in English and in Chinese. */
public record Wording(String en, String zh) {
    /** Nothing said. */
    static final Wording NOTHING = new Wording("", "");

    String in(Language language) {
        return language == Language.ZH ? zh : en;
    }

    boolean isBlank() {
        return en.isBlank() && zh.isBlank();
    }
}
