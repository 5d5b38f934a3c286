import type { OpenEncounter, PatientBanner } from "#departments/clinical/api";
import { formatDateTime } from "../../../parts/format/dates.ts";

/** The second zone of the banner: all that tells who this is and where to reach them. */
export function PatientDetails({ banner }: { readonly banner: PatientBanner }) {
  return (
    <dl className="banner-details">
      {banner.identifiers.map((identifier) => (
        <Detail key={`${identifier.system} ${identifier.value}`} term={identifier.label} text={identifier.value} />
      ))}
      <Detail term="NHS number status" text={banner.nhsNumber?.verification} />
      <Detail term="Also known as" text={banner.otherNames.join("; ") || undefined} />
      <Detail term="Address" text={banner.address} />
      {banner.phones.map((phone) => (
        <Detail key={`${phone.label} ${phone.value}`} term={phone.label} text={phone.value} />
      ))}
      <Detail term="General practice" text={banner.generalPractice?.text} />
      {banner.encounter === undefined ? null : <Detail term="Now here" text={encounterText(banner.encounter)} />}
    </dl>
  );
}

function Detail({ term, text }: { readonly term: string; readonly text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <div>
      <dt>{term}</dt>
      <dd>{text}</dd>
    </div>
  );
}

function encounterText(encounter: OpenEncounter): string {
  const since = encounter.since === undefined ? undefined : `since ${formatDateTime(encounter.since)}`;
  const parts = [encounter.kind, encounter.location, encounter.service, encounter.consultant, since];
  return parts.filter((part) => part !== undefined).join(", ");
}
