package io.tollbook.kernel.pricing;

import io.tollbook.kernel.Command;

public sealed interface PricingCommand extends Command<Void> permits PublishPrices, PublishBuyPrices {}
