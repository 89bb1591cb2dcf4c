package dev.atelier.prompt.rules;

import dev.atelier.prompt.Letters;
import dev.atelier.prompt.Letters.Carrier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the text that a picture is to carry, which stands in quotation marks, and what it stands on. */
public final class LettersReader {
    /** Lines that find room on a carrier. */
    private static final int LINES = 3;
    /** Characters that can be read in a line; longer quotations are seldom meant to be drawn. */
    private static final int LONGEST = 40;

    /** The first that occurs decides: a poster for a shop is a poster, a sign of a shop belongs to its front. */
    private static final Map<Carrier, Pattern> CARRIERS = carriers();

    private LettersReader() {}

    private static Map<Carrier, Pattern> carriers() {
        Map<Carrier, Pattern> out = new LinkedHashMap<>();
        out.put(
                Carrier.POSTER,
                Pattern.compile(
                        "\\b(?:posters?|flyers?|billboards?|banners?|placards?|(?:book|album|magazine) covers?)\\b|海报|传单|横幅|广告牌|封面"));
        out.put(Carrier.MUG, Pattern.compile("\\b(?:mugs?|cups?)\\b|杯"));
        out.put(
                Carrier.LABEL,
                Pattern.compile(
                        "\\b(?:labels?|tags?|stickers?|badges?|bottles?|packages?|packaging)\\b|标签|贴纸|吊牌|徽章|瓶|包装"));
        out.put(
                Carrier.SCREEN,
                Pattern.compile(
                        "\\b(?:screens?|laptops?|monitors?|phones?|smartphones?|tablets?|displays?|television|tv)\\b|屏幕|电脑|手机|显示器|平板|电视"));
        out.put(
                Carrier.SHOP_FRONT,
                Pattern.compile(
                        "\\b(?:shop ?fronts?|store ?fronts?|shops?|stores?|cafes?|cafés?|bakery|bakeries|restaurants?|bookstores?|bookshops?)\\b|店|商铺|餐厅|面包房"));
        out.put(
                Carrier.SIGN,
                Pattern.compile("\\b(?:signs?|signboards?|signposts?|neon signs?|boards?)\\b|招牌|标牌|牌子|路牌|指示牌|木牌"));
        return out;
    }

    /** Empty where nothing is quoted that a picture could carry. */
    public static Optional<Letters> of(String prompt) {
        MaskedText text = MaskedText.of(prompt);
        List<String> lines = MaskedText.quotes(prompt).stream()
                .map(span -> prompt.substring(span.start() + 1, span.end() - 1).strip())
                .filter(line -> !line.isEmpty() && line.codePointCount(0, line.length()) <= LONGEST)
                .limit(LINES)
                .toList();
        return lines.isEmpty() ? Optional.empty() : Optional.of(new Letters(lines, carrier(text.visible())));
    }

    private static Carrier carrier(String visible) {
        return CARRIERS.entrySet().stream()
                .filter(entry -> entry.getValue().matcher(visible).find())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Carrier.TITLE);
    }

    /** Whether the words about the quoted text are Chinese. */
    public static boolean chinese(String prompt) {
        return MaskedText.of(prompt).chinese();
    }
}
