-- What those who answer for the images look at: what is hidden, what came and was refused, and whether it is whole.

create index image_instance_hidden on image_instance (instance) where rejected is not null;

-- Objects come in the order of their time, so that a few blocks of this hold a day.
create index image_instance_by_time on image_instance using brin (at_ms);

-- Objects that were not taken, counted by day, sender and problem. Those of the last months are kept.
create table image_refusal (
  day date not null,
  source text collate "C" not null,
  code text collate "C" not null,
  message text not null, -- of the last of them
  count integer not null,
  last_at_ms bigint not null,
  primary key (day, source, code)
);

-- What each check of all objects came to.
create table image_check (
  at_ms bigint not null primary key,
  took_ms bigint not null,
  objects integer not null,
  problem_count integer not null,
  problems text not null -- some of them, as JSON
);
