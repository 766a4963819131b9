package io.tollbook.kernel.channel;

import io.tollbook.kernel.secret.Secret;
import java.util.List;

/** Asks providers about accounts of ours. The relay does it. What goes wrong is told without an address or a key. */
public interface ProviderAccounts {
    int MODELS_MAX = 10_000;

    /** @throws io.tollbook.kernel.Refused PROVIDER_FAILED, saying what was wrong, also for providers that tell no balance */
    ChannelBalance balance(ChannelId channel);

    /**
     * The names of all models that the account can reach.
     *
     * @throws io.tollbook.kernel.Refused PROVIDER_FAILED, saying what was wrong
     */
    List<String> models(ChannelId channel);

    /**
     * The same of an account that is no channel yet. Its address is fetched under guard.
     *
     * @param baseUrl empty for the type's own
     * @throws io.tollbook.kernel.Refused INVALID for an address or key that is none, else PROVIDER_FAILED
     */
    List<String> models(int type, String baseUrl, Secret key);
}
