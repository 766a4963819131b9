package io.tollbook.query;

import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AccountOpened;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.QuotaGranted;
import io.tollbook.kernel.account.TokenLimited;
import io.tollbook.kernel.channel.ChannelCreated;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PricesPublished;
import io.tollbook.kernel.pricing.Rounding;
import io.tollbook.kernel.token.TokenCreated;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.token.TokenTerms;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserRegistered;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events that make users, keys, channels and prices, as the write side would. */
public final class World {
    public static final Instant BORN = Instant.parse("2026-01-02T03:04:05Z");

    private World() {}

    public static UserRegistered user(long id, String name, Role role, String group) {
        return new UserRegistered(
                new UserId(id),
                OpenVault.sealed("user-" + id, name),
                OpenVault.sealed("user-" + id, name + " Display"),
                role,
                group,
                OpenVault.sealed("user-" + id, "hash-of-" + name),
                BORN);
    }

    public static Object[] account(long id, long granted) {
        return new Object[] {
            new AccountOpened(new AccountId(id), new UserId(id)), grant(id, "opening", granted, granted, null)
        };
    }

    public static QuotaGranted grant(
            long account, String lot, long amount, long available, @Nullable Instant expiresAt) {
        return new QuotaGranted(
                new AccountId(account),
                new io.tollbook.kernel.account.LotId(lot),
                LotClass.PROMO,
                Quota.of(amount),
                Quota.ZERO,
                0,
                expiresAt,
                "opening grant",
                Quota.of(available),
                BORN);
    }

    public static TokenTerms terms(String name, @Nullable Long remaining) {
        return new TokenTerms(
                name,
                null,
                remaining == null ? null : Quota.of(remaining),
                false,
                List.of("gpt-4o-mini"),
                List.of("10.0.0.0/8"),
                "",
                false);
    }

    public static TokenCreated token(long id, long owner, TokenTerms terms) {
        return new TokenCreated(
                new TokenId(id),
                new UserId(owner),
                "fp-" + id,
                OpenVault.sealed("user-" + owner, "key-of-" + id),
                "abcd…wxyz",
                terms,
                BORN);
    }

    public static TokenLimited limited(long account, long token, @Nullable Long remaining) {
        return new TokenLimited(
                new AccountId(account), new TokenId(token), remaining == null ? null : Quota.of(remaining));
    }

    public static ChannelTerms channelTerms(String name, String... models) {
        return new ChannelTerms(
                1,
                name,
                "https://upstream.example",
                List.of(models),
                List.of("default", "vip"),
                7,
                3,
                true,
                "tag-1",
                "a remark",
                models[0],
                Map.of("alias", models[0], "other", models[0]),
                Map.of("setting", "{\"force_format\":true}"));
    }

    public static ChannelTerms tagged(String name, String tag) {
        ChannelTerms one = channelTerms(name, "m");
        return new ChannelTerms(
                one.type(),
                name,
                one.baseUrl(),
                one.models(),
                one.groups(),
                one.priority(),
                one.weight(),
                one.autoBan(),
                tag,
                one.remark(),
                one.testModel(),
                one.modelMapping(),
                one.extra());
    }

    public static ChannelCreated channel(long id, String name, String... models) {
        return new ChannelCreated(
                new ChannelId(id), channelTerms(name, models), OpenVault.sealed("channel-" + id, "sk-upstream"), BORN);
    }

    public static PricesPublished prices(long version) {
        PriceDocument document = new PriceDocument(
                Map.of(
                        "gpt-4o-mini",
                        ModelPrice.perToken(new BigDecimal("0.075"), new BigDecimal("4")),
                        "gpt-4o",
                        ModelPrice.perToken(new BigDecimal("1.25"), new BigDecimal("4"))),
                Map.of("default", BigDecimal.ONE, "vip", new BigDecimal("0.8")),
                Map.of(),
                Rounding.HALF_AWAY_FROM_ZERO,
                4_096);
        return new PricesPublished(version, document, "hash-" + version, "a note", BORN);
    }
}
