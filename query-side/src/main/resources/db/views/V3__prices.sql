-- Price versions may be published before they come into force. Those of before came into force when they were published.
alter table views.price_version add column effective_from timestamptz;
update views.price_version set effective_from = published_at;
alter table views.price_version alter column effective_from set not null;
create index price_version_effective on views.price_version (effective_from desc, version desc);
