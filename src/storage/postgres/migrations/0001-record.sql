-- The record: every version of every document in the order of commits, and what the newest ones are found by.

create table kind (
  id smallint generated always as identity primary key,
  name text not null unique
);

-- One row. Its lock orders all writers of all processes, so positions have no gaps
-- and a reader of the feed can never see a later change before an earlier one.
create table head (
  single boolean primary key default true check (single),
  position bigint not null,
  at_ms bigint not null,
  audit_sequence bigint not null,
  audit_hash bytea not null
);
insert into head (position, at_ms, audit_sequence, audit_hash) values (0, 0, 0, decode(repeat('00', 32), 'hex'));

-- All versions; in the order of `position` it is the feed. Rows are never changed.
create table version (
  position bigint primary key,
  kind smallint not null,
  id text collate "C" not null,
  version integer not null,
  at_ms bigint not null,
  action "char" not null, -- c(reate), u(pdate), d(elete)
  previous bigint, -- position of the version before it; null for the first
  body text not null
);
create index version_by_kind on version (kind, position);

-- The newest version of each document, and what it is found by. All hashes are of 64 bits. `self` is the hash of `Kind/id`;
-- a key is the hash of `Kind?parameter` xor the hash of its value, so that the key of a reference follows from `self`.
create table document (
  self bigint not null,
  kind smallint not null,
  id text collate "C" not null,
  version integer not null,
  position bigint not null,
  deleted boolean not null,
  present bigint not null, -- a bit for each search parameter that has a value
  reference_count smallint not null, -- how many of the keys, from the first, are of references
  keys bigint[] not null
);
-- Statements that look for `self` write `kind + 0 = …`, so that no plan made on an empty table takes the index below for it.
create index document_by_self on document (self);
create index document_by_position on document (kind, position) where not deleted;
create index document_by_key on document using gin (keys) with (gin_pending_list_limit = 128);

-- Spans of time of the newest versions; `parameter` is the 64-bit hash of `Kind?parameter`. Some are filed under a key of
-- their document besides (a result's under its code): `scope` is then the hash of parameter and key together. Under each
-- further key there is a row of its own, whose `parameter` is its `scope`, so that no search finds it by the parameter.
create table date_entry (
  parameter bigint not null,
  from_ms bigint not null,
  to_ms bigint not null,
  position bigint not null,
  scope bigint
);
create index date_entry_by_start on date_entry (parameter, from_ms, position);
create index date_entry_by_position on date_entry (position);
create index date_entry_by_scope on date_entry (scope, from_ms, position) include (to_ms) where scope is not null;

-- Normalised text of the newest versions, found by its beginning; `written` is the hash of the text as it was written.
create table text_entry (
  parameter bigint not null,
  text text collate "C" not null,
  written bigint not null,
  position bigint not null
);
create index text_entry_by_text on text_entry (parameter, text);
create index text_entry_by_position on text_entry (position);

-- Numbers and quantities of the newest versions. A quantity has a row with its unit (hashes of `system|code`, the code, and
-- the unit as written) and, where UCUM knows it, one in canonical units, whose `parameter` is the hash of `Kind?parameter~unit`.
-- `scope` as of dates.
create table number_entry (
  parameter bigint not null,
  low double precision not null,
  high double precision not null,
  position bigint not null,
  coded bigint,
  code bigint,
  label bigint,
  scope bigint
);
create index number_entry_by_low on number_entry (parameter, low, position);
create index number_entry_by_position on number_entry (position);
create index number_entry_by_scope on number_entry (scope, low, position) include (high) where scope is not null;

-- Every display and text that a token parameter was ever found with, normalised: `key` is what its documents carry.
create table term (
  parameter bigint not null,
  text text collate "C" not null,
  key bigint not null,
  primary key (parameter, text)
);

-- Content small enough to share the commit of what names it.
create table blob (
  hash bytea primary key,
  bytes bytea not null
);

-- The audit log: append-only, each hash covering the one before it.
create table audit_event (
  sequence bigint primary key,
  at_ms bigint not null,
  body text not null,
  hash bytea not null,
  keys bigint[] not null
);
create index audit_event_by_key on audit_event using gin (keys) with (gin_pending_list_limit = 512);
create index audit_event_by_time on audit_event (at_ms);

-- Workers of the feed: how far each has got, and what it could not take.
create table feed_cursor (
  worker text primary key,
  position bigint not null
);
create table feed_parked (
  worker text not null,
  position bigint not null,
  attempts integer not null,
  reason text not null,
  at_ms bigint not null,
  primary key (worker, position)
);
