package io.tollbook.command.secret;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChangeChannel;
import io.tollbook.kernel.channel.CreateChannel;
import io.tollbook.kernel.settings.ChangeOptions;
import io.tollbook.kernel.token.CreateToken;
import io.tollbook.kernel.user.ChangePassword;
import io.tollbook.kernel.user.ChangeUser;
import io.tollbook.kernel.user.RegisterUser;
import java.util.List;
import java.util.function.BiFunction;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Has the key at hand before a command that seals something reaches the one writer, so that the writer never waits for
 * the database because of it. Runs on the sender's thread.
 */
final class SealAhead implements MessageDispatchInterceptor<CommandMessage<?>> {
    private final SubjectVault vault;

    SealAhead(SubjectVault vault) {
        this.vault = vault;
    }

    @Override
    public BiFunction<Integer, CommandMessage<?>, CommandMessage<?>> handle(
            List<? extends CommandMessage<?>> messages) {
        return (index, message) -> {
            String subject = subject(message.getPayload());
            try {
                if (subject != null) vault.prepare(subject);
            } catch (DataAccessException e) {
                throw new Refused(Refusal.LEDGER_UNAVAILABLE);
            }
            return message;
        };
    }

    static @Nullable String subject(Object command) {
        return switch (command) {
            case RegisterUser register -> register.user().toString();
            case ChangeUser change -> change.user().toString();
            case ChangePassword change -> change.user().toString();
            case CreateToken create -> create.owner().toString();
            case CreateChannel create -> create.channel().toString();
            case ChangeChannel change -> change.channel().toString();
            case ChangeOptions ignored -> Subject.SITE;
            default -> null;
        };
    }
}
