package dev.atelier.api.usage;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Money of a key: nothing costs anything, so it is always zero and never used up. */
public record Balance(
        String object,
        String scope,
        Account account,
        Money available,
        Money cash,
        Money bonus,
        @JsonProperty("subscription_bonus") Money subscriptionBonus,
        Money frozen,
        @JsonProperty("credit_grant") Grant creditGrant) {
    public record Account(String id, String name, String type) {}

    public record Grant(String status, Money granted, Money used) {}

    public static Balance of(String scope, Account account) {
        Money nothing = Money.NOTHING;
        Grant grant = new Grant("unlimited: nothing costs anything here", nothing, nothing);
        return new Balance("balance", scope, account, nothing, nothing, nothing, nothing, nothing, grant);
    }
}
