package dev.atelier.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a listener has heard already, the latest of it. */
final class Told {
    private static final int REMEMBERED = 4096;

    private final Set<String> told = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    boolean first(String what) {
        return told.add(what);
    }
}
