import type { StudyEventView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { Icon, type IconName } from "../../parts/icon/icon.tsx";
import { dicomDate, dicomName } from "../imaging-words.ts";

const kinds: Readonly<Record<StudyEventView["is"], { readonly title: string; readonly icon: IconName }>> = {
  received: { title: "Its first object came", icon: "images" },
  corrected: { title: "What it says was corrected", icon: "pencil" },
  filed: { title: "Filed by hand", icon: "person" },
  moved: { title: "Filed", icon: "person" },
  hidden: { title: "Hidden", icon: "cross" },
  restored: { title: "Shown again", icon: "refresh" },
  kept: { title: "Marked to be kept", icon: "hold" },
  "let-go": { title: "Left to the rules of deletion again", icon: "order" },
  replaced: { title: "Another object is shown", icon: "copy" },
};

const names: Readonly<Record<string, string>> = {
  PatientName: "Name",
  PatientID: "Number",
  IssuerOfPatientID: "Whose number",
  PatientBirthDate: "Born",
  PatientSex: "Sex",
  AccessionNumber: "Accession number",
  StudyDescription: "Description",
  StudyDate: "Date",
};

/** What was done with a study, the newest first: who, when, why, and what stood there before. */
export function StudyEvents({ events }: { readonly events: readonly StudyEventView[] }) {
  return (
    <section aria-labelledby="events">
      <h2 id="events">What happened to it</h2>
      <ol className="imaging-events">
        {events.map((event) => (
          <li key={`${event.at} ${event.is} ${event.part} ${event.reason ?? ""}`}>
            <Event event={event} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Event({ event: { is, at, by, part, reason, changes } }: { readonly event: StudyEventView }) {
  const { icon } = kinds[is];
  return (
    <article className="imaging-event">
      <span className="imaging-event-icon">
        <Icon name={icon} size={16} />
      </span>
      <div>
        <h3>
          {titleOf({ is, changes })}
          {part === "" ? null : <span className="imaging-uid quiet"> {part}</span>}
        </h3>
        <p className="quiet">
          {formatDateTime(at)} · {by.startsWith("User/") ? "a person, over the web" : by}
        </p>
        {reason === undefined || reason === "" ? null : <p>“{reason}”</p>}
        <Changes changes={changes} />
      </div>
    </article>
  );
}

function titleOf({ is, changes }: Pick<StudyEventView, "is" | "changes">): string {
  const [first] = changes;
  return is === "moved" && first !== undefined && first.before !== "" ? "Moved to another patient" : kinds[is].title;
}

function Changes({ changes }: Pick<StudyEventView, "changes">) {
  if (changes.length === 0) return null;
  return (
    <ul className="imaging-changes">
      {changes.map(({ what, before, after }) => (
        <li key={what}>
          <span className="quiet">{names[what] ?? what}:</span>{" "}
          {before === "" ? null : (
            <>
              <del>{shown(what, before)}</del> →{" "}
            </>
          )}
          <ins>{shown(what, after)}</ins>
        </li>
      ))}
    </ul>
  );
}

function shown(what: string, value: string): string {
  if (value === "") return what === "Patient" ? "nobody" : "nothing";
  if (what === "PatientName") return dicomName(value);
  return what.endsWith("Date") ? dicomDate(value) : value;
}
