package io.tollbook.relay;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.DirectoryChange;
import io.tollbook.kernel.DirectoryChanges;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.catalogue.Catalogue;
import io.tollbook.kernel.catalogue.CatalogueNow;
import io.tollbook.kernel.catalogue.DescribedModel;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.ModelId;
import io.tollbook.kernel.catalogue.NameRule;
import io.tollbook.kernel.channel.ChannelCommand;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.channel.KeySwitch;
import io.tollbook.kernel.channel.Route;
import io.tollbook.kernel.channel.Routes;
import io.tollbook.kernel.pricing.BuyPrice;
import io.tollbook.kernel.pricing.BuyPriceDocument;
import io.tollbook.kernel.pricing.BuyPriceOutlook;
import io.tollbook.kernel.pricing.BuyPriceSchedule;
import io.tollbook.kernel.pricing.BuyPriceVersion;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceOutlook;
import io.tollbook.kernel.pricing.PriceSchedule;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.Rounding;
import io.tollbook.kernel.pricing.expression.Expression;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.token.Admission;
import io.tollbook.kernel.token.AdmissionByKey;
import io.tollbook.kernel.token.AdmissionOfUser;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.token.TokenTerms;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the read models would say. An input token costs 1, an output token 2, and the longest answer has 1,000 of them. */
final class StandingDirectory implements Messages, DirectoryChanges {
    static final AccountId ACCOUNT = new AccountId(7);

    /** Costs what the body says. */
    private static final ModelPrice ASKING = ModelPrice.perToken(BigDecimal.ONE, BigDecimal.ONE)
            .withExpression(Expression.of("param(\"service_tier\") == \"priority\" ? p * 8 : p * 2"));

    final Map<String, String> options = new ConcurrentHashMap<>();
    private final Map<String, Admission> keys = new ConcurrentHashMap<>();
    volatile BuyPriceSchedule buyPrices = BuyPriceSchedule.NONE;
    final List<DescribedModel> described = new CopyOnWriteArrayList<>();
    private final Map<UserId, Admission> users = new ConcurrentHashMap<>();
    private final List<Route> routes = new CopyOnWriteArrayList<>();
    /** What the relay has put on record about channels. */
    final List<Command<?>> sent = new CopyOnWriteArrayList<>();

    private final List<Consumer<DirectoryChange>> listeners = new CopyOnWriteArrayList<>();

    void reset() {
        options.clear();
        buyPrices = BuyPriceSchedule.NONE;
        described.clear();
        keys.clear();
        users.clear();
        routes.clear();
        sent.clear();
    }

    void key(String key) {
        key(key, new TokenTerms("key", null, null, false, List.of(), List.of(), "", false), UserStatus.ENABLED);
    }

    void key(String key, TokenTerms terms, UserStatus status) {
        keys.put(key, new Admission(new TokenId(3), new UserId(7), ACCOUNT, true, terms, status, Role.USER, "default"));
    }

    /** Somebody who may call without a key. */
    void user(UserId user, Role role) {
        TokenTerms terms = new TokenTerms("Playground", null, null, false, List.of(), List.of(), "", false);
        users.put(
                user, new Admission(TokenId.SESSION, user, ACCOUNT, true, terms, UserStatus.ENABLED, role, "default"));
    }

    void channel(int number, String baseUrl, int priority, Map<String, String> mapping) {
        channel(number, baseUrl, priority, List.of("gpt"), mapping);
    }

    void channel(int number, String baseUrl, int priority, List<String> models) {
        channel(number, baseUrl, priority, models, Map.of());
    }

    /** A provider of a type, asked for the one model by a name of its own. */
    void channel(int number, ChannelType type, String baseUrl, int priority, String upstreamModel) {
        channel(type, number, baseUrl, priority, List.of("gpt"), Map.of("gpt", upstreamModel), Map.of());
    }

    private void channel(int number, String baseUrl, int priority, List<String> models, Map<String, String> mapping) {
        channel(ChannelType.CUSTOM, number, baseUrl, priority, models, List.of("default"), mapping, Map.of());
    }

    /** With these keys, all but the first {@code on} of them switched off. */
    void channelWithKeys(int number, String baseUrl, int priority, Map<String, String> extra, int on, String... keys) {
        channel(ChannelType.CUSTOM, number, baseUrl, priority, List.of("gpt"), List.of("default"), Map.of(), extra);
        Route made = routes.removeLast();
        Sealed sealed = new Sealed(made.channel().toString(), String.join("\n", keys));
        List<KeySwitch> off = Arrays.stream(keys)
                .skip(on)
                .map(key ->
                        new KeySwitch(KeyPrint.of(made.channel(), key, new OpenVault()), true, "test", Instant.EPOCH))
                .toList();
        routes.add(new Route(made.channel(), made.terms(), made.status(), sealed, off, List.of()));
    }

    /** With further fields of the management API's. */
    void channelWith(int number, String baseUrl, int priority, List<String> models, Map<String, String> extra) {
        channel(ChannelType.CUSTOM, number, baseUrl, priority, models, List.of("default"), Map.of(), extra);
    }

    /** At a provider of this type. */
    void channel(
            ChannelType type,
            int number,
            String baseUrl,
            int priority,
            List<String> models,
            Map<String, String> mapping,
            Map<String, String> extra) {
        channel(type, number, baseUrl, priority, models, List.of("default"), mapping, extra);
    }

    private void channel(
            ChannelType type,
            int number,
            String baseUrl,
            int priority,
            List<String> models,
            List<String> groups,
            Map<String, String> mapping,
            Map<String, String> extra) {
        routes.removeIf(route -> route.channel().value() == number);
        ChannelTerms terms = new ChannelTerms(
                type.number(),
                "channel " + number,
                baseUrl,
                models,
                groups,
                priority,
                1,
                true,
                "",
                "",
                "",
                mapping,
                extra);
        routes.add(new Route(
                new ChannelId(number),
                terms,
                ChannelStatus.ENABLED,
                new Sealed("channel", "provider-key-" + number),
                List.of(),
                List.of()));
    }

    /** Tells of a model, or of all that a rule fits. */
    void describe(long number, String name, NameRule rule, boolean enabled) {
        ModelDescription description = new ModelDescription(name, rule, "", "", List.of(), null, "", enabled, true);
        described.removeIf(model -> model.id().value() == number);
        described.add(new DescribedModel(new ModelId(number), description, Instant.EPOCH, Instant.EPOCH));
        listeners.forEach(listener -> listener.accept(new DirectoryChange(DirectoryChange.Kind.MODEL, 0)));
    }

    void channel(int number, String baseUrl, String group, String model) {
        channel(ChannelType.CUSTOM, number, baseUrl, 1, List.of(model), List.of(group), Map.of(), Map.of());
    }

    /** Has everything that is remembered asked again. */
    void changed() {
        DirectoryChange change = new DirectoryChange(DirectoryChange.Kind.ALL, 0);
        listeners.forEach(listener -> listener.accept(change));
    }

    @Override
    public void subscribe(Consumer<DirectoryChange> listener) {
        listeners.add(listener);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <R extends @Nullable Object> R ask(Query<R> query, Actor actor) {
        return (R)
                switch (query) {
                    case AdmissionByKey admission -> Optional.ofNullable(keys.get(admission.fingerprint()));
                    case AdmissionOfUser admission -> Optional.ofNullable(users.get(admission.user()));
                    case Routes all -> List.copyOf(routes);
                    case Options all -> Map.copyOf(options);
                    case CatalogueNow now -> new Catalogue(List.of(), List.copyOf(described));
                    case BuyPriceOutlook now -> buyPrices;
                    case PriceOutlook now -> new PriceSchedule(prices(), List.of(), 1);
                    default -> throw new AssertionError(query);
                };
    }

    /** What providers take from now on. */
    void buysAt(BuyPrice... prices) {
        buyPrices = new BuyPriceSchedule(
                new BuyPriceVersion(3, new BuyPriceDocument(List.of(prices), Map.of(), null), "", "", Instant.EPOCH),
                List.of(),
                3);
        listeners.forEach(listener -> listener.accept(new DirectoryChange(DirectoryChange.Kind.PRICE, 3)));
    }

    private static PriceVersion prices() {
        ModelPrice price = new ModelPrice(
                BigDecimal.ONE, BigDecimal.TWO, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, null, 1_000);
        PriceDocument document = new PriceDocument(
                Map.of("gpt", price, "lab/gpt+1", price, "asking", ASKING),
                Map.of("cheap", new BigDecimal("0.5")),
                Map.of(),
                Rounding.HALF_AWAY_FROM_ZERO,
                1_000);
        return new PriceVersion(5, document, "", "", Instant.EPOCH);
    }

    @Override
    public <R extends @Nullable Object> R send(Command<R> command, Actor actor, @Nullable String reason) {
        if (!(command instanceof ChannelCommand<R>)) throw new AssertionError(command);
        sent.add(command);
        return (R) null;
    }
}
