-- What two people decided to take away for good: which documents, images and content, and how far that is. Of an erased
-- document all versions stay in `version` as gravestones: `action` is then 'e' and `body` is empty.

create table erasure (
  decision text collate "C" primary key, -- `Disposal/d-7c…`
  begun_ms bigint not null,
  finished_ms bigint -- null: it goes on
);

create table erasure_part (
  decision text collate "C" not null,
  what "char" not null, -- d(ocument), b(lob), s(tudy of images)
  name text collate "C" not null, -- `Kind/id`; a hash; the SHA-256 of a study's UID
  done boolean not null default false,
  count integer not null default 0, -- versions; 1, or 0 of a blob that something else names; objects
  primary key (decision, what, name)
);
create index erasure_part_left on erasure_part (decision, what, name) where not done;
