-- A study has a revision, so that who holds what was told of it knows by one row whether it still holds. What changes a series or
-- an object touches its study.
alter table image_study add column revision bigint not null default 0;

create function image_study_revised() returns trigger language plpgsql as $$
begin
  new.revision := old.revision + 1;
  return new;
end $$;
create trigger image_study_revised before update on image_study for each row execute function image_study_revised();
