package io.tollbook.kernel.settings;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.secret.Sealed;
import java.time.Instant;
import java.util.Map;

/** Options have new values; secret ones stand sealed. */
@EventName("settings.options-changed")
public record OptionsChanged(Map<String, String> values, Map<String, Sealed> secrets, Instant at)
        implements SettingsEvent {}
