-- What searches by both ends of a span or range are driven by: those longer than a day, and those that are no single number.
create index date_entry_long on date_entry (parameter, to_ms) where to_ms - from_ms > 86400000;
create index number_entry_range on number_entry (parameter, high) where low < high;
create index date_entry_scope_long on date_entry (scope, to_ms) where scope is not null and to_ms - from_ms > 86400000;
create index number_entry_scope_range on number_entry (scope, high) where scope is not null and low < high;

-- A body as PostgreSQL's own JSON; null for what that cannot hold, such as a NUL.
create function body_json(body text) returns jsonb language plpgsql immutable parallel safe as $$
begin
  return body::jsonb;
exception when others then
  return null;
end $$;
