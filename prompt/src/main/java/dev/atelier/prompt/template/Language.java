package dev.atelier.prompt.template;

import java.util.Locale;

/** The languages that templates speak. */
public enum Language {
    EN("a", "English"),
    ZH("", "Chinese");

    private final String article;
    private final String label;

    Language(String article, String label) {
        this.article = article;
        this.label = label;
    }

    /** The word that stands before one thing of a kind; empty where there is none. */
    String article() {
        return article;
    }

    String label() {
        return label;
    }

    /** As requests name it. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
