import type { HospitalTime } from "#kernel";
import type { PhantomStudy } from "#standards/phantoms";
import type { Clinician } from "../hospital/clinicians.ts";
import { hospitalCode, hospitalName } from "../hospital/wards.ts";
import { ageYearsAt, type Person } from "../people/person.ts";
import { randomOf, seedOf } from "../random.ts";
import { currentStay } from "../story/beds.ts";
import type { Story, Visit } from "../story/story.ts";
import { dayMs, hl7Day, hourMs, yearDigits } from "../times.ts";
import { type ExaminationName, examinations, stations } from "./examinations.ts";
import { momentOf } from "./moment.ts";
import type { Recipe } from "./recipe.ts";

/** An examination of somebody in the demonstration that was done and reported. */
export interface PlannedExamination {
  readonly story: Story;
  readonly recipe: Recipe;
  readonly placer: string;
  readonly accessionNumber: string;
  readonly requester: Clinician;
  readonly visit: Visit | undefined;
  readonly startedMs: number;
}

/** Who answers for images. */
export const radiologist: Clinician = {
  staffNumber: "C5207",
  prefix: "Dr",
  given: "Marguerite",
  family: "Delacroix",
  title: "Consultant radiologist",
};

/** Examinations of those in a ward now, in the order of wards: the first are there soonest. */
const ofInpatients: readonly (readonly ExaminationName[])[] = [
  ["chest", "trunk"],
  ["chest"],
  ["chest", "thorax"],
  ["nodule", "head"],
  ["chest", "echo"],
  ["chest"],
  ["chest", "thorax"],
  ["echo"],
  ["chest"],
  ["chest", "head"],
  ["chest"],
];
/** Of others, months ago. */
const breastScreeningMax = 2;
const earlierMax = 3;
/** A hospital of fewer patients has no CT as large as in life. */
const wholeHospitalMin = 50;

/** About twenty studies for two hundred patients; of few patients, few. The same stories give the same. */
export function plannedExaminations(stories: readonly Story[], asOfMs: number): readonly PlannedExamination[] {
  const isWhole = stories.length >= wholeHospitalMin;
  const adults = stories.filter(({ person }) => ageYearsAt(person, asOfMs) >= 16);
  const inpatients = adults.filter((story) => currentStay(story) !== undefined).slice(0, ofInpatients.length);
  const now = inpatients.flatMap((story, at) =>
    inpatientExaminations(story, { names: ofInpatients[at] ?? [], hasLarge: at === 0 && isWhole, asOfMs }),
  );
  const earlier = inpatients.slice(0, earlierMax).map((story) => earlierChest(story, asOfMs));
  const women = adults.filter((story) => isScreened(story, asOfMs)).slice(0, breastScreeningMax);
  const screening = women.map((story) => outpatient(story, { name: "breasts", startedMs: asOfMs - 40 * dayMs }));
  return [...now, ...earlier, ...screening];
}

function isScreened({ person, diedMs }: Story, asOfMs: number): boolean {
  const age = ageYearsAt(person, asOfMs);
  return person.sex === "female" && diedMs === undefined && age >= 50 && age < 71;
}

interface Inpatient {
  readonly names: readonly ExaminationName[];
  /** Its CT is as large as in life. */
  readonly hasLarge: boolean;
  readonly asOfMs: number;
}

/** On the day of admission, one after another, as far as time went. */
function inpatientExaminations(story: Story, { names, hasLarge, asOfMs }: Inpatient): readonly PlannedExamination[] {
  const visit = currentStay(story);
  if (visit === undefined) return [];
  return names.map((examination, order) => {
    const startedMs = Math.min(visit.fromMs + (1.5 + 2 * order) * hourMs, asOfMs - (names.length - order) * hourMs);
    const isLarge = hasLarge && examination === "trunk";
    return planned(story, { examination, startedMs, visit, requester: visit.consultant, isLarge });
  });
}

/** Something to compare with. */
function earlierChest(story: Story, asOfMs: number): PlannedExamination {
  return outpatient(story, { name: "chest", startedMs: asOfMs - 260 * dayMs });
}

function outpatient(
  story: Story,
  { name, startedMs }: { name: ExaminationName; startedMs: number },
): PlannedExamination {
  const requester = story.practitioner;
  return planned(story, { examination: name, startedMs, visit: undefined, requester, isLarge: false });
}

interface Facts {
  readonly examination: ExaminationName;
  readonly startedMs: number;
  readonly visit: Visit | undefined;
  readonly requester: Clinician;
  readonly isLarge: boolean;
}

function planned(story: Story, { examination, startedMs, visit, requester, isLarge }: Facts): PlannedExamination {
  const random = randomOf(seedOf(story.person.seed, "imaging", examination, visit?.number ?? "out"));
  const number = `${String(story.person.at).padStart(4, "0")}${random.whole(0, 99).toString().padStart(2, "0")}`;
  return {
    story,
    recipe: { examination, isLarge, reporter: personName(radiologist) },
    placer: `CGH-R${number}-${examinations[examination].code}`,
    accessionNumber: `R${yearDigits(startedMs)}${number}${examinations[examination].code.slice(0, 2)}`,
    requester,
    visit,
    startedMs,
  };
}

/** What the modality writes into the headers. */
export function phantomStudyOf(examination: PlannedExamination, hospitalTime: HospitalTime): PhantomStudy {
  const { story, recipe, accessionNumber, requester, startedMs } = examination;
  const { name, modality } = examinations[recipe.examination];
  return {
    seed: seedOf(story.person.seed, "anatomy"),
    patient: phantomPatientOf(story.person, startedMs),
    accessionNumber,
    description: name,
    ...momentOf(startedMs, hospitalTime),
    referringPhysician: personName(requester),
    institution: hospitalName,
    station: stations[modality],
  };
}

function phantomPatientOf(person: Person, atMs: number): PhantomStudy["patient"] {
  return {
    id: person.hospitalNumber,
    issuer: hospitalCode,
    otherIds: [{ id: person.nhsNumber, issuer: "NHS" }],
    name: personName(person),
    sex: person.sex === "female" ? "F" : "M",
    birthDate: hl7Day(person.bornMs),
    ageYears: ageYearsAt(person, atMs),
  };
}

/** PN. Source: PS3.5 §6.2.1. */
export function personName(of: { family: string; given: string; middle?: string | undefined; prefix: string }): string {
  return [of.family, of.given, of.middle ?? "", of.prefix].join("^");
}
