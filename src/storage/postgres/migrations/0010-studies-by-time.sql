-- Studies are listed newest first: by the time of their day too, not in the order in which they came.
drop index image_study_by_date;
create index image_study_by_date on image_study (study_date, study_time, study);
