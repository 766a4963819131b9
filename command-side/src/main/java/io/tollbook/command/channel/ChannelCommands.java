package io.tollbook.command.channel;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChangeChannel;
import io.tollbook.kernel.channel.ChannelCreated;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.channel.CreateChannel;
import io.tollbook.kernel.channel.DeleteChannel;
import io.tollbook.kernel.channel.DisableChannel;
import io.tollbook.kernel.channel.EnableChannel;
import io.tollbook.kernel.channel.RecordChannelTest;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.secret.Vault;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;
import org.springframework.stereotype.Component;

/** Decides what commands do to channels. Their keys are sealed here and never seen again but by the relay. */
@Component
public class ChannelCommands {
    private static final int KEYS_MAX = 1_000_000;

    private final Repository<Channel> channels;
    private final Vault vault;

    public ChannelCommands(Repository<Channel> channels, Vault vault) {
        this.channels = channels;
        this.vault = vault;
    }

    @CommandHandler
    public ChannelId handle(CreateChannel command) throws Exception {
        if (command.key().reveal().isBlank() && command.terms().type() != ChannelType.DEMO.number())
            throw Refused.invalid("The channel needs a key.");
        Sealed key = sealed(command.channel(), command.key());
        channels.newInstance(
                () -> new Channel(new ChannelCreated(command.channel(), command.terms(), key, command.at())));
        return command.channel();
    }

    private Sealed sealed(ChannelId channel, Secret key) {
        if (key.reveal().length() > KEYS_MAX) throw Refused.invalid("The keys are too long.");
        return vault.seal(channel.toString(), key.reveal().strip());
    }

    @CommandHandler
    public void handle(ChangeChannel command) {
        Sealed key = command.key() == null || command.key().reveal().isBlank()
                ? null
                : sealed(command.channel(), command.key());
        load(command.channel()).execute(channel -> channel.change(command.terms(), key));
    }

    @CommandHandler
    public void handle(EnableChannel command) {
        load(command.channel()).execute(Channel::enable);
    }

    @CommandHandler
    public void handle(DisableChannel command) {
        load(command.channel()).execute(channel -> channel.disable(command.automatically(), command.why()));
    }

    @CommandHandler
    public void handle(DeleteChannel command) {
        load(command.channel()).execute(Channel::delete);
    }

    @CommandHandler
    public void handle(RecordChannelTest command) {
        load(command.channel())
                .execute(channel -> channel.tested(
                        command.model(), command.passed(), command.error(), command.millis(), command.at()));
    }

    private Aggregate<Channel> load(ChannelId channel) {
        return channels.load(channel.toString());
    }
}
