import { studyName } from "#imaging";
import { ok, type Result } from "#kernel";
import { parseBody } from "#record";
import { type KeptReason, keptReasons, studyMarks } from "../../api/image-retention.ts";
import type { JudgedStudy, Judging, JudgingNeeds, StudyAtHand } from "./judge-studies.ts";
import type { PatientKeeping } from "./patient-keeping.ts";
import { isReported } from "./reported.ts";
import { type AgeingStudy, judgeByRules } from "./retention-rule.ts";
import { selectedFor } from "./teaching-file.ts";

export interface StudyJudging extends JudgingNeeds, Pick<Judging, "rules" | "day"> {
  readonly begun: ReadonlySet<string>;
  readonly patients: PatientsLookedAt;
}

type Judged = Pick<JudgedStudy, "goes" | "why" | "kept" | "rule" | "until" | "secondArchives">;

/** Whether a study goes, and why or why not: the first reason counts. */
export async function judgeStudy(needs: StudyJudging, hand: StudyAtHand): Promise<Result<Judged>> {
  const { row, values, document } = hand;
  const patient = row.study?.patient;
  const isFiled = document !== undefined || needs.begun.has(studyName(row.uids.study ?? ""));
  if (row.study?.state !== "matched" || patient === undefined || !isFiled) return stays("unfiled");
  const day = dayOf(values.text("StudyDate"));
  if (day === undefined) return stays("no-date");
  const known = await needs.patients.look(`Patient/${patient}`);
  if (!known.ok) return known.problems[0].category === "not-found" ? stays("unfiled") : known;
  const { keeping, lastImaged } = known.value;
  const lastContact = [keeping.lastContact, lastImaged]
    .filter((each) => each !== undefined)
    .sort()
    .at(-1);
  const study: AgeingStudy = {
    day,
    modalities: values.texts("ModalitiesInStudy"),
    description: values.text("StudyDescription") ?? "",
    birthDay: keeping.birthDay ?? dayOf(values.text("PatientBirthDate")),
    lastContact,
  };
  const byRules = judgeByRules(needs.rules, study);
  if (byRules.is === "no-rule") return stays("no-rule");
  if (byRules.is === "birth-unknown") return stays("birth-unknown", { rule: byRules.rule });
  const { rule, day: until, secondArchives } = byRules;
  const aged = { rule, until };
  if (until > needs.day) return stays("not-yet", { ...aged, detail: `by ${rule} it is kept until ${until}` });
  const stop = await stopOf(needs, hand, { ...byRules, keeping });
  if (!stop.ok) return stop;
  if (stop.value !== undefined) return stays(stop.value.kept, { ...aged, detail: stop.value.detail });
  return ok({ goes: true, why: `By ${rule} its time was over on ${until}.`, secondArchives, ...aged });
}

interface Stay {
  readonly kept: KeptReason;
  readonly detail?: string | undefined;
}

type Strictness = { readonly withRecord: boolean; readonly keepsUnreported: boolean; readonly keeping: PatientKeeping };

/** What keeps a study whose time is over. */
async function stopOf(
  { look, images, day }: StudyJudging,
  { row, mark, document }: StudyAtHand,
  { withRecord, keepsUnreported, keeping: { stop, record } }: Strictness,
): Promise<Result<Stay | undefined>> {
  if (stop !== undefined) return ok({ kept: stop.is, detail: stop.message });
  if (mark !== undefined)
    return ok({ kept: "marked", detail: `${studyMarks[mark.mark].toLowerCase()}, by ${mark.display}` });
  const selected = await selectedFor(images, { study: row.uids.study ?? "", json: row.json });
  if (!selected.ok) return selected;
  if (selected.value !== undefined)
    return ok({ kept: "marked", detail: `${studyMarks[selected.value].toLowerCase()}, by a key object selection` });
  const isAnswered = document === undefined || !keepsUnreported ? ok(true) : await isReported(look, document);
  if (!isAnswered.ok) return isAnswered;
  if (!isAnswered.value) return ok({ kept: "unreported" });
  if (withRecord && record !== undefined && record.until > day)
    return ok({ kept: "record", detail: `until ${record.until}: ${record.title}` });
  return ok(undefined);
}

function stays(
  kept: KeptReason,
  { detail, ...aged }: { readonly rule?: string; readonly until?: string; readonly detail?: string | undefined } = {},
): Result<Judged> {
  const why = detail === undefined ? `${keptReasons[kept]}.` : `${keptReasons[kept]}: ${detail.replace(/\.$/, "")}.`;
  return ok({ goes: false, kept, why, secondArchives: [], ...aged });
}

/** Also as the first edition of the standard wrote it, `2014.05.01`. Undefined for what is no day. */
function dayOf(text: string | undefined): string | undefined {
  const [, year, month, date] = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(text ?? "") ?? [];
  if (year === undefined) return undefined;
  const day = `${year}-${month}-${date}`;
  return Number.isNaN(Date.parse(day)) ? undefined : day;
}

interface LookedAt {
  readonly keeping: PatientKeeping;
  /** The day of the newest study of images. */
  readonly lastImaged: string | undefined;
}

/** What the record says of each patient of a page, looked up once. */
export class PatientsLookedAt {
  readonly #needs: Pick<JudgingNeeds, "look" | "keepingOf">;
  readonly #known = new Map<string, Promise<Result<LookedAt>>>();

  constructor(needs: Pick<JudgingNeeds, "look" | "keepingOf">) {
    this.#needs = needs;
  }

  look(patient: string): Promise<Result<LookedAt>> {
    const known = this.#known.get(patient) ?? this.#read(patient);
    this.#known.set(patient, known);
    return known;
  }

  async #read(patient: string): Promise<Result<LookedAt>> {
    const keeping = await this.#needs.keepingOf(patient);
    if (!keeping.ok) return keeping;
    const all = [{ is: "key", any: [`patient=${patient}`] }] as const;
    const sort = { by: { date: "started" }, descending: true } as const;
    const found = await this.#needs.look.search({ kind: "ImagingStudy", all, sort, limit: 1 });
    if (!found.ok) return found;
    const [version] = found.value.versions;
    const started = version === undefined ? undefined : parseBody<{ readonly started?: string }>(version).started;
    return ok({ keeping: keeping.value, lastImaged: started?.slice(0, 10) });
  }
}
