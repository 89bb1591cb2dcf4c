package dev.atelier.api.usage;

/** An amount. */
public record Money(String value, String currency) {
    public static final Money NOTHING = new Money("0", "usd");
}
