package io.tollbook.command.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.command.ReadableVault;
import io.tollbook.command.Writer;
import io.tollbook.command.account.AdjustmentHandlers;
import io.tollbook.command.account.ChangesAlone;
import io.tollbook.command.account.SecondPerson;
import io.tollbook.command.settings.Settings;
import io.tollbook.command.settings.SiteSettings;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.RegisterUser;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Root, two admins, Ann and Bob, on the real writer. */
abstract class People {
    static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    static final UserId ROOT = new UserId(1);
    static final UserId ADMIN = new UserId(2);
    static final UserId OTHER_ADMIN = new UserId(3);
    static final UserId ANN = new UserId(17);
    static final UserId BOB = new UserId(18);
    static final Actor AS_ROOT = Actor.user(ROOT, Role.ROOT, "session", null);
    static final Actor AS_ADMIN = Actor.user(ADMIN, Role.ADMIN, "session", null);
    static final Actor AS_ANN = Actor.user(ANN, Role.USER, "session", null);
    static final Actor AS_BOB = Actor.user(BOB, Role.USER, "session", null);

    final ReadableVault vault = new ReadableVault();
    final List<UserId> ended = new CopyOnWriteArrayList<>();
    Writer writer;

    @BeforeEach
    void start() {
        writer = new Writer(vault);
        SiteSettings settings = new SiteSettings(writer.aggregate(Settings.class));
        writer.handler(new UserCommands(
                writer.aggregate(User.class),
                writer.repository(Claim.class),
                writer.accounts(),
                settings,
                new SecondPerson(writer.repository(ChangesAlone.class), settings),
                vault,
                (user, startedBefore) -> ended.add(user)));
        AdjustmentHandlers.on(writer, settings, new UserRanks(writer.repository(User.class)));
        writer.send(register(ROOT, "root", Role.ROOT, 0), Actor.SYSTEM);
        writer.send(register(ADMIN, "admin", Role.ADMIN, 0), Actor.SYSTEM);
        writer.send(register(OTHER_ADMIN, "admin2", Role.ADMIN, 0), Actor.SYSTEM);
        writer.send(register(ANN, "ann", Role.USER, 500), Actor.SYSTEM);
        writer.send(register(BOB, "bob", Role.USER, 0), Actor.SYSTEM);
    }

    @AfterEach
    void stop() {
        writer.close();
    }

    static RegisterUser register(UserId user, String name, Role role, long grant) {
        return new RegisterUser(user, name, name, role, "default", new Secret("hash"), Quota.of(grant), NOW);
    }

    static Sealed sealed(UserId user, String text) {
        return new Sealed(user.toString(), "sealed " + text);
    }

    /** Refused, and the store is as it was. */
    void refused(Refusal refusal, Command<?> command, Actor actor) {
        long before = writer.count();
        assertThatThrownBy(() -> writer.send(command, actor))
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.refusal()).isEqualTo(refusal));
        assertThat(writer.count()).isEqualTo(before);
    }

    void writes(int events, Command<?> command, Actor actor) {
        long before = writer.count();
        writer.send(command, actor);
        assertThat(writer.count() - before).isEqualTo(events);
    }
}
