package io.tollbook.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.token.TokenKeyOf;
import io.tollbook.kernel.user.ChangePassword;
import io.tollbook.kernel.user.CredentialsOf;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.objenesis.ObjenesisStd;

/** What an auditor may send: whatever shows something but secrets, and nothing that changes anything. */
class AuditorPermissionsTest {
    private static final UserId SELF = new UserId(7);
    private static final Actor AUDITOR = Actor.user(SELF, Role.AUDITOR, "session", null);
    private static final ObjenesisStd BLANK = new ObjenesisStd();

    static Stream<Class<?>> commands() {
        return messages(Command.class);
    }

    private static Stream<Class<?>> messages(Class<?> kind) {
        return new ClassFileImporter()
                .importPackages("io.tollbook.kernel").stream()
                        .filter(type -> type.isRecord() && type.isAssignableTo(kind))
                        .<Class<?>>map(JavaClass::reflect)
                        .sorted(java.util.Comparator.comparing(Class::getName));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void sendsNoCommand(Class<?> command) {
        assertThatThrownBy(() -> Permissions.check(BLANK.newInstance(command), AUDITOR))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(Refusal.READ_ONLY));
    }

    @Test
    void thereAreCommandsToRefuse() {
        assertThat(commands()).hasSizeGreaterThan(30);
    }

    @Test
    void changesTheirOwnPasswordAndNobodyElses() {
        Secret hash = new Secret("hash");
        assertThatCode(() -> Permissions.check(new ChangePassword(SELF, hash), AUDITOR))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Permissions.check(new ChangePassword(new UserId(8), hash), AUDITOR))
                .isInstanceOf(Refused.class);
    }

    /** What shows nothing secret to an administrator may be seen by an auditor too. */
    @Test
    void seesWhateverAnAdministratorSees() {
        Actor admin = Actor.user(new UserId(8), Role.ADMIN, "session", null);
        assertThat(messages(Query.class).filter(query -> isOpen(query, admin)))
                .hasSizeGreaterThan(10)
                .allMatch(query -> isOpen(query, AUDITOR));
    }

    private static boolean isOpen(Class<?> query, Actor actor) {
        try {
            Permissions.check(BLANK.newInstance(query), actor);
            return true;
        } catch (Refused | NullPointerException e) {
            return false; // A blank message has no owner.
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {TokenKeyOf.class, CredentialsOf.class, Options.class})
    void seesNoSecret(Class<?> query) {
        assertThatThrownBy(() -> Permissions.check(BLANK.newInstance(query), AUDITOR))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(Refusal.NOT_PERMITTED));
    }
}
