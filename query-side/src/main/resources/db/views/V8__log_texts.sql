-- usage-log: sentences about quota have thousands separators, those of the past too.
-- [jooq ignore start]
update views.usage_log u
set content = n.m[1] || to_char(n.m[2]::bigint, 'FM999,999,999,999,999,999,999') || n.m[3]
from (select position, at, regexp_match(content, '^(\D*)(\d{4,})( quota.*)$') as m
      from views.usage_log where kind in (1, 3, 4)) n
where n.m is not null and u.position = n.position and u.at = n.at;
-- [jooq ignore stop]
