-- Code systems too large for a document: SNOMED CT, LOINC, ICD-10. An import is one transaction.

create table code_system (
  key integer generated always as identity primary key,
  url text not null,
  version text not null,
  title text not null,
  case_sensitive boolean not null,
  hierarchical boolean not null,
  concepts integer not null,
  imported_at_ms bigint not null,
  unique (url, version) deferrable initially deferred
);

-- One row a concept with all that belongs to it: they are written together and read together.
-- `keys` holds 64-bit hashes, as in `document`: what the concept is or is under (the closure of the hierarchy), what it has
-- directly above it, and its properties; each with the system, so that one index serves all systems.
create table concept (
  system integer not null,
  number integer not null, -- the order of the system: 0, 1, 2 … without gaps
  code text collate "C" not null,
  own bigint not null, -- the hash by which what is under it names it
  display text,
  inactive boolean not null,
  abstract boolean not null,
  detail text not null, -- JSON: p(roperties), d(esignations), u(pward: codes directly above), l(eaf: nothing is below), g: language of the display
  words tsvector not null, -- of code, display and designations; found by their beginnings
  keys bigint[] not null,
  primary key (system, code)
);
create unique index concept_by_number on concept (system, number);
create index concept_by_own on concept (own);
create index concept_by_key on concept using gin (keys) with (gin_pending_list_limit = 512);
create index concept_by_word on concept using gin (words) with (gin_pending_list_limit = 512);

-- What clients keep by $closure. Each addition makes a new version of its table.
create table closure_table (
  name text primary key,
  version integer not null
);
create table closure_entry (
  name text not null,
  number integer not null,
  system text not null,
  code text not null,
  version integer not null,
  primary key (name, system, code)
);
