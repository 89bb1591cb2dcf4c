package dev.atelier.world.scene;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words that no training picture carries, to examine with whether a model can write what it was never shown. */
public final class UnseenWords {
    private static final List<String> ENGLISH = List.of(
            "JOY",
            "ZEN",
            "ECHO",
            "NOVA",
            "WILD",
            "GLOW",
            "PURE",
            "OASIS",
            "MAGIC",
            "LUNAR",
            "VELVET",
            "HARBOR",
            "COSMIC",
            "BISTRO",
            "QUARTZ",
            "JIGSAW",
            "WELCOME",
            "JOURNEY",
            "HORIZON",
            "BALANCE",
            "FESTIVAL",
            "CLEARLY",
            "DELIGHT",
            "MIDNIGHT");

    private static final List<String> CHINESE = List.of(
            "明", "光", "好梦", "清风", "花海", "星空", "小店", "青山", "远方", "时光", "好运", "平安", "有机", "生活馆", "星光店", "新世界", "你真好",
            "小时光", "海边小店", "生日快乐", "天天开心", "明日之星", "一路平安", "花开有声");

    private static final Set<String> ALL =
            Stream.concat(ENGLISH.stream(), CHINESE.stream()).collect(Collectors.toUnmodifiableSet());

    private UnseenWords() {}

    /** Of 3 to 8 capitals. */
    public static List<String> english() {
        return ENGLISH;
    }

    /** Of 1 to 4 characters. */
    public static List<String> chinese() {
        return CHINESE;
    }

    /** Whether {@code letters} are one of these words, in capitals or not. */
    public static boolean contains(String letters) {
        return ALL.contains(letters.toUpperCase(Locale.ROOT));
    }
}
