package io.tollbook.console.paper;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AdjustQuota;
import io.tollbook.kernel.account.Adjusted;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.RequestAdjustment;
import io.tollbook.kernel.channel.ChangeChannel;
import io.tollbook.kernel.channel.ChangeChannels;
import io.tollbook.kernel.channel.ChannelChange;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.CreateChannel;
import io.tollbook.kernel.channel.DeleteChannel;
import io.tollbook.kernel.channel.DisableChannel;
import io.tollbook.kernel.channel.EnableChannel;
import io.tollbook.kernel.channel.KeyCounts;
import io.tollbook.kernel.channel.RecordChannelTest;
import io.tollbook.kernel.pricing.PublishPrices;
import io.tollbook.kernel.settings.ChangeOptions;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.token.ChangeToken;
import io.tollbook.kernel.token.CreateToken;
import io.tollbook.kernel.token.DeleteToken;
import io.tollbook.kernel.token.DisableToken;
import io.tollbook.kernel.token.EnableToken;
import io.tollbook.kernel.token.TokenStatus;
import io.tollbook.kernel.token.TokenSummary;
import io.tollbook.kernel.user.ChangePassword;
import io.tollbook.kernel.user.ChangeRole;
import io.tollbook.kernel.user.ChangeUser;
import io.tollbook.kernel.user.DeleteUser;
import io.tollbook.kernel.user.DisableUser;
import io.tollbook.kernel.user.EnableUser;
import io.tollbook.kernel.user.RegisterUser;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserProfile;
import io.tollbook.kernel.user.UserStatus;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes the paper books, with just enough rules to be refused by. */
final class PaperCommands {
    private final PaperBooks books;

    PaperCommands(PaperBooks books) {
        this.books = books;
    }

    @Nullable
    Object handle(Command<?> command, Actor actor) {
        synchronized (books) {
            return switch (command) {
                case CreateToken c -> {
                    books.token(c.token().value(), c.owner().value(), c.terms(), c.at());
                    yield c.token();
                }
                case ChangeToken c -> token(c.token().value(), t -> with(t, c.terms(), t.status()));
                case EnableToken c -> token(c.token().value(), t -> with(t, t.terms(), TokenStatus.ENABLED));
                case DisableToken c -> token(c.token().value(), t -> with(t, t.terms(), TokenStatus.DISABLED));
                case DeleteToken c -> books.tokens.remove(c.token().value()) == null ? null : null;
                case CreateChannel c -> {
                    books.channels.put(
                            c.channel().value(),
                            new ChannelSummary(
                                    c.channel(),
                                    c.terms(),
                                    ChannelStatus.ENABLED,
                                    "",
                                    null,
                                    KeyCounts.ONE,
                                    Quota.ZERO,
                                    c.at(),
                                    null,
                                    false,
                                    0,
                                    ""));
                    yield c.channel();
                }
                case ChangeChannel c -> channel(c.channel().value(), s -> with(s, c.terms(), s.status(), ""));
                case ChangeChannels c -> {
                    for (ChannelChange one : c.changed())
                        channel(one.channel().value(), s -> with(s, one.after(), s.status(), s.statusReason()));
                    yield null;
                }
                case EnableChannel c ->
                    channel(c.channel().value(), s -> with(s, s.terms(), ChannelStatus.ENABLED, ""));
                case DisableChannel c ->
                    channel(c.channel().value(), s -> with(s, s.terms(), ChannelStatus.DISABLED_BY_HAND, c.why()));
                case DeleteChannel c -> books.channels.remove(c.channel().value()) == null ? null : null;
                case RecordChannelTest c ->
                    channel(
                            c.channel().value(),
                            s -> new ChannelSummary(
                                    s.id(),
                                    s.terms(),
                                    s.status(),
                                    s.statusReason(),
                                    s.statusAt(),
                                    s.keys(),
                                    s.used(),
                                    s.createdAt(),
                                    c.at(),
                                    c.passed(),
                                    c.millis(),
                                    c.error()));
                case RegisterUser c -> register(c);
                case ChangeUser c -> user(c.user(), u -> changed(u, c));
                case ChangeRole c -> user(c.user(), u -> with(u, c.role(), u.status()));
                case EnableUser c -> user(c.user(), u -> with(u, u.role(), UserStatus.ENABLED));
                case DisableUser c -> user(c.user(), u -> with(u, u.role(), UserStatus.DISABLED));
                case DeleteUser c -> user(c.user(), u -> with(u, u.role(), UserStatus.DELETED));
                case ChangePassword c -> user(c.user(), u -> u);
                case RequestAdjustment c -> adjust(c.adjustment());
                case PublishPrices c -> {
                    if (c.basedOn() != books.prices.size()) throw new Refused(Refusal.PRICE_CHANGED);
                    books.publish(c.document(), c.note(), c.at());
                    yield null;
                }
                case ChangeOptions c -> {
                    c.values()
                            .forEach((key, value) -> books.options.put(
                                    key,
                                    Option.of(key).map(o -> o.checked(value)).orElse(value)));
                    yield null;
                }
                default -> throw new IllegalArgumentException("not on paper: " + command + " of " + actor);
            };
        }
    }

    private Object adjust(AdjustQuota c) {
        long account = c.account().value();
        long now = books.balances.getOrDefault(account, 0L);
        long target = switch (c.mode()) {
            case ADD -> now + c.value().units();
            case SUBTRACT -> Math.max(0, now - c.value().units());
            case OVERRIDE -> c.value().units();
        };
        if (target > now) books.grant(account, target - now, "adjustment", c.at());
        else books.deduct(account, now - target, c.at());
        return new Adjusted(c.lot(), null);
    }

    private Object register(RegisterUser c) {
        if (books.users.values().stream().anyMatch(u -> u.username().equalsIgnoreCase(c.username())))
            throw new Refused(Refusal.USERNAME_TAKEN);
        books.user(c.user().value(), c.username(), c.displayName(), c.role(), UserStatus.ENABLED, c.at());
        books.grant(c.user().value(), c.openingGrant().units(), "opening grant", c.at());
        return c.user();
    }

    private @Nullable Object token(long id, UnaryOperator<TokenSummary> change) {
        if (books.tokens.computeIfPresent(id, (any, token) -> change.apply(token)) == null)
            throw new Refused(Refusal.NOT_FOUND);
        return null;
    }

    private @Nullable Object channel(long id, UnaryOperator<ChannelSummary> change) {
        if (books.channels.computeIfPresent(id, (any, channel) -> change.apply(channel)) == null)
            throw new Refused(Refusal.NOT_FOUND);
        return null;
    }

    private @Nullable Object user(UserId id, UnaryOperator<UserProfile> change) {
        if (id.value() == 1) throw new Refused(Refusal.ROOT_PROTECTED);
        if (books.users.computeIfPresent(id.value(), (any, user) -> change.apply(user)) == null)
            throw new Refused(Refusal.NOT_FOUND);
        return null;
    }

    private static TokenSummary with(TokenSummary t, io.tollbook.kernel.token.TokenTerms terms, TokenStatus status) {
        return new TokenSummary(t.id(), t.owner(), t.hint(), terms, status, t.used(), t.createdAt(), t.lastUsedAt());
    }

    private static ChannelSummary with(ChannelSummary s, ChannelTerms terms, ChannelStatus status, String why) {
        return new ChannelSummary(
                s.id(),
                terms,
                status,
                why,
                Instant.now(),
                s.keys(),
                s.used(),
                s.createdAt(),
                s.testedAt(),
                s.testPassed(),
                s.testMillis(),
                s.testError());
    }

    private static UserProfile with(UserProfile u, Role role, UserStatus status) {
        return new UserProfile(
                u.id(),
                u.username(),
                u.displayName(),
                role,
                status,
                u.group(),
                u.remark(),
                u.createdAt(),
                u.lastSignInAt());
    }

    private static UserProfile changed(UserProfile u, ChangeUser c) {
        return new UserProfile(
                u.id(),
                c.username() == null ? u.username() : c.username(),
                c.displayName() == null ? u.displayName() : c.displayName(),
                u.role(),
                u.status(),
                c.group() == null ? u.group() : c.group(),
                c.remark() == null ? u.remark() : c.remark(),
                u.createdAt(),
                u.lastSignInAt());
    }
}
