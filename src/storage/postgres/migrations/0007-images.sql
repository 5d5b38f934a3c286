-- Images: what was received, a row an object, and what studies and series are found by. Counts and modalities are kept, not
-- counted. The objects themselves are blobs. What is shown of a level is DICOM JSON, ready to be served.

create table image_study (
  study bigint generated always as identity primary key,
  uid text collate "C" not null,
  issuer text collate "C" not null, -- of the patient's id
  patient_id text collate "C" not null,
  birth_date text collate "C" not null,
  sex text collate "C" not null,
  accession text collate "C" not null,
  study_date text collate "C" not null, -- YYYYMMDD
  study_time text collate "C" not null, -- HHMMSS.FFFFFF
  study_id text collate "C" not null,
  description text collate "C" not null, -- folded
  referring text collate "C" not null, -- folded
  modalities text[] not null,
  classes text[] not null,
  series_count integer not null,
  instance_count integer not null,
  size_bytes bigint not null,
  attributes text not null, -- as they are shown: members of a DICOM JSON object, without its braces
  received text, -- as they were received, where an edit shows them otherwise
  came_as text collate "C" not null, -- issuer and id of the patient, as its first object had them
  document text collate "C", -- id of the ImagingStudy
  document_self bigint, -- what that is found by: `document.self`
  patient text collate "C", -- the Patient that it is known to be about
  state "char" not null default 'u', -- u(nmatched), m(atched), c(onflicting), d(eleted)
  conflict text, -- why, where it is conflicting
  first_at_ms bigint not null,
  last_at_ms bigint not null
) with (fillfactor = 50);
create unique index image_study_by_uid on image_study (uid);
create index image_study_by_patient_id on image_study (patient_id);
create index image_study_by_accession on image_study (accession) where accession <> '';
create index image_study_by_date on image_study (study_date, study);
create index image_study_by_patient on image_study (patient) where patient is not null;
create index image_study_by_state on image_study (state, study) where state in ('u', 'c');

-- What names of patients are found by, folded: each way of writing whole, and each word of it.
create table image_name (
  study bigint not null,
  is_word boolean not null,
  text text collate "C" not null
);
create index image_name_by_text on image_name (text, is_word);
create index image_name_by_study on image_name (study);

create table image_series (
  series bigint generated always as identity primary key,
  study bigint not null,
  uid text collate "C" not null,
  modality text collate "C" not null,
  number integer not null, -- 2147483647: none
  series_date text collate "C" not null,
  body_part text collate "C" not null,
  station text collate "C" not null, -- folded
  description text collate "C" not null, -- folded
  instance_count integer not null,
  size_bytes bigint not null,
  attributes text not null,
  received text,
  last_at_ms bigint not null
) with (fillfactor = 50);
create unique index image_series_by_uid on image_series (uid);
create index image_series_by_study on image_series (study, number, series);

create table image_instance (
  instance bigint generated always as identity primary key,
  series bigint not null,
  uid text collate "C" not null,
  class text collate "C" not null,
  syntax text collate "C" not null,
  number integer not null, -- 2147483647: none
  frames integer not null, -- 0: no pixels
  blob bytea not null,
  size_bytes bigint not null,
  data_set_at integer not null, -- where in the file the data set begins
  pixels_at bigint, -- where in the file the element of its pixels begins
  metadata text not null, -- members of a DICOM JSON object; bulk data named by the place within the object
  received text, -- as they were received, where an edit shows them otherwise
  rejected text, -- code of the note that rejected it
  source text not null,
  at_ms bigint not null
);
create unique index image_instance_by_uid on image_instance (uid);
create index image_instance_by_series on image_instance (series, number, instance);
create index image_instance_by_blob on image_instance using hash (blob);

-- Objects that came under the UID of another object. They are kept until somebody decides.
create table image_twin (
  twin bigint generated always as identity primary key,
  uid text collate "C" not null,
  blob bytea not null,
  size_bytes bigint not null,
  why text not null,
  source text not null,
  at_ms bigint not null
);
create index image_twin_by_uid on image_twin (uid);
create index image_twin_by_blob on image_twin using hash (blob);

-- Studies that changed since they were last written into the record. `taken` rows are being worked on.
create table image_changed (
  study bigint not null,
  taken boolean not null,
  since_ms bigint not null,
  primary key (study, taken)
);

-- Takes objects in, in one statement. What came first of a study or a series is what is shown of it. Answers a row an
-- object, in their order: whether it is new, and the blob that is kept under its UID.
create function image_add(
  p_studies text[], p_series text[], p_uids text[], p_series_uids text[], p_study_uids text[], p_patients text[],
  p_classes text[], p_syntaxes text[], p_modalities text[], p_numbers integer[], p_frames integer[], p_blobs text[],
  p_sizes bigint[], p_data_sets integer[], p_pixels bigint[], p_metadata text[], p_sources text[], p_at_ms bigint
) returns table (fate text, kept text) language plpgsql as $$
declare
  s image_study%rowtype;
  se image_series%rowtype;
  d jsonb;
  added boolean;
  kept_blob bytea;
begin
  for i in 1 .. array_length(p_uids, 1) loop
    select * into s from image_study where uid = p_study_uids[i];
    if not found then
      d := p_studies[i]::jsonb;
      insert into image_study (uid, issuer, patient_id, birth_date, sex, accession, study_date, study_time, study_id,
        description, referring, modalities, classes, series_count, instance_count, size_bytes, attributes, came_as, first_at_ms,
        last_at_ms)
      values (p_study_uids[i], d->>'issuer', d->>'patientId', d->>'birthDate', d->>'sex', d->>'accession', d->>'date', d->>'time',
        d->>'studyId', d->>'description', d->>'referring', '{}', '{}', 0, 0, 0, d->>'attributes', p_patients[i],
        p_at_ms, p_at_ms)
      on conflict (uid) do nothing returning * into s;
      if found then
        insert into image_name (study, is_word, text)
          select s.study, (n->>'isWord')::boolean, n->>'text' from jsonb_array_elements(d->'names') as n;
      else
        select * into s from image_study where uid = p_study_uids[i];
      end if;
    end if;
    select * into se from image_series where uid = p_series_uids[i];
    if not found then
      d := p_series[i]::jsonb;
      insert into image_series (study, uid, modality, number, series_date, body_part, station, description, instance_count,
        size_bytes, attributes, last_at_ms)
      values (s.study, p_series_uids[i], d->>'modality', (d->>'number')::integer, d->>'date', d->>'bodyPart', d->>'station',
        d->>'description', 0, 0, d->>'attributes', p_at_ms)
      on conflict (uid) do nothing returning * into se;
      if found then
        update image_study set series_count = series_count + 1 where study = s.study;
      else
        select * into se from image_series where uid = p_series_uids[i];
      end if;
    end if;
    if se.study <> s.study then
      fate := 'series-elsewhere';
      kept := null;
      return next;
      continue;
    end if;
    insert into image_instance (series, uid, class, syntax, number, frames, blob, size_bytes, data_set_at, pixels_at, metadata,
      source, at_ms)
    values (se.series, p_uids[i], p_classes[i], p_syntaxes[i], p_numbers[i], p_frames[i], decode(p_blobs[i], 'hex'), p_sizes[i],
      p_data_sets[i], p_pixels[i], p_metadata[i], p_sources[i], p_at_ms)
    on conflict (uid) do nothing;
    added := found;
    if added then
      update image_series set instance_count = instance_count + 1, size_bytes = size_bytes + p_sizes[i], last_at_ms = p_at_ms
        where series = se.series;
      update image_study set instance_count = instance_count + 1, size_bytes = size_bytes + p_sizes[i], last_at_ms = p_at_ms,
        modalities = case when p_modalities[i] = any(modalities) then modalities else modalities || p_modalities[i] end,
        classes = case when p_classes[i] = any(classes) then classes else classes || p_classes[i] end,
        state = case when p_patients[i] <> came_as then 'c' when state = 'd' then 'u' else state end,
        conflict = case when p_patients[i] <> came_as then 'patients-differ' else conflict end
        where study = s.study;
      insert into image_changed (study, taken, since_ms) values (s.study, false, p_at_ms) on conflict do nothing;
      fate := 'new';
      kept := p_blobs[i];
    else
      select blob into kept_blob from image_instance where uid = p_uids[i];
      fate := 'known';
      kept := encode(kept_blob, 'hex');
    end if;
    return next;
  end loop;
end $$;
