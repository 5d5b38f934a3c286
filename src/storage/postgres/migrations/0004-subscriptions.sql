-- Who is told of changes: where following the feed for subscriptions has got to, and the events that are to be sent.

create table subscription (
  id text collate "C" primary key,
  version integer not null, -- of its resource, as it was last seen in the feed
  owner text not null,
  state text not null,
  events bigint not null, -- the number of its newest event
  delivered bigint not null -- the number of the newest event that arrived
);

-- Numbers of one subscription are 1, 2, 3 … without gaps; those that arrived long ago are gone.
create table subscription_event (
  subscription text collate "C" not null,
  number bigint not null,
  position bigint not null,
  kind text not null,
  id text collate "C" not null,
  version integer not null,
  action text not null,
  at_ms bigint not null,
  primary key (subscription, number)
);
