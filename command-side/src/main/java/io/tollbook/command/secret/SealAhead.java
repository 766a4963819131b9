package io.tollbook.command.secret;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChangeChannel;
import io.tollbook.kernel.channel.ChangeChannels;
import io.tollbook.kernel.channel.CopyChannel;
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
            try {
                for (String subject : subjects(message.getPayload())) vault.prepare(subject);
            } catch (DataAccessException e) {
                throw new Refused(Refusal.LEDGER_UNAVAILABLE);
            }
            return message;
        };
    }

    static List<String> subjects(Object command) {
        return switch (command) {
            case RegisterUser register -> List.of(register.user().toString());
            case ChangeUser change -> List.of(change.user().toString());
            case ChangePassword change -> List.of(change.user().toString());
            case CreateToken create -> List.of(create.owner().toString());
            case CreateChannel create -> List.of(create.channel().toString());
            case ChangeChannel change -> List.of(change.channel().toString());
            case CopyChannel copy -> List.of(copy.copy().toString());
            case ChangeChannels many ->
                many.created().stream().map(draft -> draft.channel().toString()).toList();
            case ChangeOptions ignored -> List.of(Subject.SITE);
            default -> List.of();
        };
    }
}
