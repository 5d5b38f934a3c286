import { useQuery } from "@tanstack/react-query";
import { formatDate } from "../../parts/format/dates.ts";
import { studyQuery } from "../../viewer/dicomweb/queries.ts";
import type { Study } from "../../viewer/dicomweb/study.ts";

/** What people call a study; its UID until that is known, or where it is out of reach. */
export function StudyName({ uid }: { readonly uid: string }) {
  const { data } = useQuery(studyQuery(uid));
  return <span className="imaging-uid">{data === undefined || data === null ? uid : studyTitle(data)}</span>;
}

/** `CT thorax · OSEI, Adwoa · 20-Nov-2026`. */
export function studyTitle({ modalities, description, patientName, day }: Study): string {
  const what = description ?? modalities.join(", ");
  const parts = [what || "Study", patientName, day === undefined ? undefined : formatDate(day)];
  return parts.filter((part) => part !== undefined).join(" · ");
}
