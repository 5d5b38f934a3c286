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
  body text not null
);
create unique index version_by_key on version (kind, id, version);
create index version_by_kind on version (kind, position);

-- The newest version of each document, and its exact index keys: 64-bit hashes of `Kind?parameter=value`.
create table document (
  kind smallint not null,
  id text collate "C" not null,
  version integer not null,
  position bigint not null,
  deleted boolean not null,
  keys bigint[] not null,
  primary key (kind, id)
);
create index document_by_position on document (kind, position) where not deleted;
create index document_by_key on document using gin (keys) with (gin_pending_list_limit = 512);

-- Spans of time of the newest versions; `parameter` is the 64-bit hash of `Kind?parameter`.
create table date_entry (
  parameter bigint not null,
  from_ms bigint not null,
  to_ms bigint not null,
  position bigint not null
);
create index date_entry_by_start on date_entry (parameter, from_ms, position);
create index date_entry_by_position on date_entry (position);

-- Normalised text of the newest versions, found by its beginning.
create table text_entry (
  parameter bigint not null,
  text text collate "C" not null,
  position bigint not null
);
create index text_entry_by_text on text_entry (parameter, text);
create index text_entry_by_position on text_entry (position);

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
