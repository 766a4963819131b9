package io.tollbook.kernel.pricing;

import io.tollbook.kernel.Event;

public sealed interface PricingEvent extends Event permits PricesPublished, BuyPricesPublished {}
