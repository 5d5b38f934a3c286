import { acuteOf } from "../illness/ill.ts";
import { type PanelCode, panelOf } from "../laboratory/panels.ts";
import { specimenValues } from "../laboratory/specimen-values.ts";
import { type Numbering, numberingOf } from "../messages/numbering.ts";
import { correctedVersions, type Ordered, ordersOf, resultMessage, type Version } from "../messages/results.ts";
import { segment } from "../messages/segment.ts";
import { type DemoMessage, laboratorySystems, messageOf } from "../messages/sender.ts";
import type { Person } from "../people/person.ts";
import type { Random } from "../random.ts";
import { currentStay } from "../story/beds.ts";
import type { Story } from "../story/story.ts";
import { dayMs, hl7Time, minuteMs } from "../times.ts";
import { histologyNow, localCode, stayUpdated } from "./other-messages.ts";

/** What becomes of a message: most are taken; a few are there to be caught. */
export type Meant = "taken" | "held" | "rejected";

export interface LiveMessage extends DemoMessage {
  readonly meant: Meant;
  readonly kind: LiveKind;
}

/** Of a thousand. */
const shares = {
  "ordinary result": 590,
  "abnormal result": 130,
  "corrected result": 70,
  "stay updated": 70,
  "bedside gas": 40,
  histology: 30,
  "local code": 10,
  "wrong check digit": 25,
  "identity conflict": 20,
  "unknown type": 15,
} as const;

export type LiveKind = keyof typeof shares;

export interface LiveNeeds {
  /** Those in a ward; at least one. */
  readonly stories: readonly Story[];
  /** When the laboratory started, in milliseconds since 1970: no start has the numbers of another. */
  readonly startedMs: number;
  readonly random: Random;
}

export interface LiveMessages {
  /** Of this kind where there is one to send now; without it, by chance. */
  next(nowMs: number, wanted?: LiveKind): LiveMessage;
}

/** What the hospital's systems send while the demonstration runs, one message a call. */
export function liveMessages({ stories, startedMs, random }: LiveNeeds): LiveMessages {
  const bench: Bench = { stories, random, numbering: numberingOf(startedMs.toString(36)), awaiting: [] };
  return {
    next(nowMs, wanted) {
      const kind = wanted ?? kindOf(random);
      const story = random.pick(stories);
      const made = makers[kind](bench, story, nowMs);
      if (made !== undefined) return { ...made, kind, meant: meantBy[kind] };
      return { ...result(bench, story, nowMs), kind: "ordinary result", meant: "taken" };
    },
  };
}

/** What the laboratory has at hand. */
interface Bench {
  readonly stories: readonly Story[];
  readonly random: Random;
  readonly numbering: Numbering;
  /** Results that were reported wrong, and are to be put right. */
  readonly awaiting: Awaiting[];
}

type Maker = (bench: Bench, story: Story, nowMs: number) => DemoMessage | undefined;

/** Undefined where there is nothing of the kind to send now. */
const makers: Readonly<Record<LiveKind, Maker>> = {
  "ordinary result": (bench, story, nowMs) => result(bench, story, nowMs),
  "abnormal result": (bench, story, nowMs) => result(bench, worse(story, bench.random, nowMs), nowMs),
  "corrected result": (bench, _story, nowMs) => {
    const awaiting = bench.awaiting.shift();
    return awaiting && send(bench, awaiting.ordered, { ...awaiting.version, reportedMs: nowMs - minuteMs });
  },
  "stay updated": (bench, story, nowMs) => stayUpdated(story, { ...bench, nowMs }),
  "bedside gas": (bench, story, nowMs) => result(bench, story, nowMs, ["GAS"]),
  histology: (bench, story, nowMs) => histologyNow(story, { ...bench, nowMs }),
  "local code": (bench, story, nowMs) => localCode(story, { ...bench, nowMs }),
  "wrong check digit": (bench, story, nowMs) => result(bench, withPerson(story, wrongDigit(story.person)), nowMs),
  "identity conflict": (bench, story, nowMs) => {
    const other = bench.stories.find(({ person }) => isSomebodyElse(person, story.person));
    return other && result(bench, withPerson(story, mixedUp(story.person, other.person)), nowMs);
  },
  "unknown type": ({ numbering }, _story, nowMs) => unknownType(numbering.controlId("H"), nowMs),
};

function result(bench: Bench, story: Story, nowMs: number, wanted?: readonly PanelCode[]): DemoMessage {
  const { random } = bench;
  const panels = wanted ?? random.pick([...usual, ...story.ills.flatMap(dailyOf)]);
  const ordered = orderedNow(bench, story, { nowMs, panels });
  const values = specimenValues(story, { atMs: ordered.collection.atMs, random });
  const version: Version = { status: "F", reportedMs: nowMs - minuteMs, values };
  if (!isSound(bench, story) || !random.chance(0.2)) return send(bench, ordered, version);
  const [wrong = version, right = version] = correctedVersions(version, { panels: ordered.panels, random });
  if (bench.awaiting.length < awaitingMax) bench.awaiting.push({ ordered, version: right });
  return send(bench, ordered, wrong);
}

/** More wrong results than these are never put right. */
const awaitingMax = 100;

/** Only what is about one of its patients, rightly named, is worth putting right. */
function isSound({ stories }: Bench, { person }: Story): boolean {
  return stories.some((each) => each.person === person);
}

interface Asked {
  readonly nowMs: number;
  readonly panels: readonly PanelCode[];
}

function orderedNow({ random, numbering }: Bench, story: Story, { nowMs, panels }: Asked): Ordered {
  const visit = currentStay(story);
  if (visit === undefined) throw new Error("the laboratory reports on patients in a ward only");
  const atMs = nowMs - random.between(35, 110) * minuteMs;
  const [ordered] = ordersOf(story, { atMs, panels, visit, requester: visit.consultant }, numbering);
  if (ordered === undefined) throw new Error("nothing was ordered");
  return ordered;
}

function send({ numbering }: Bench, ordered: Ordered, version: Version): DemoMessage {
  const letter = ordered.laboratory.charAt(0).toUpperCase();
  return resultMessage(ordered, { ...version, controlId: numbering.controlId(letter) });
}

interface Awaiting {
  readonly ordered: Ordered;
  readonly version: Version;
}

const meantBy: Readonly<Record<LiveKind, Meant>> = {
  "ordinary result": "taken",
  "abnormal result": "taken",
  "corrected result": "taken",
  "stay updated": "taken",
  "bedside gas": "taken",
  histology: "taken",
  "local code": "taken",
  "wrong check digit": "held",
  "identity conflict": "held",
  "unknown type": "rejected",
};

/** Each of one laboratory, so that one order is one message. */
const usual: readonly (readonly PanelCode[])[] = [["UE", "CRP"], ["UE", "LFT", "BONE"], ["FBC"], ["COAG"]];

function dailyOf({ illness }: Story["ills"][number]): readonly (readonly PanelCode[])[] {
  const codes = "daily" in illness ? illness.daily : illness.watched;
  return [...Map.groupBy(codes, (code) => panelOf(code).laboratory).values()];
}

function kindOf(random: Random): LiveKind {
  let left = random.whole(0, 999);
  for (const [kind, share] of Object.entries(shares) as [LiveKind, number][]) {
    left -= share;
    if (left < 0) return kind;
  }
  return "ordinary result";
}

/** The same patient with something new on top. */
function worse(story: Story, random: Random, nowMs: number): Story {
  const acute = acuteOf(story.person, random, nowMs - dayMs);
  return acute === undefined ? story : { ...story, ills: [...story.ills, { ...acute, severity: 1.15 }] };
}

function withPerson(story: Story, person: Person): Story {
  return { ...story, person };
}

function wrongDigit(person: Person): Person {
  const digit = (Number(person.nhsNumber.at(-1)) + 1) % 10;
  return { ...person, nhsNumber: `${person.nhsNumber.slice(0, -1)}${digit}` };
}

function isSomebodyElse(one: Person, other: Person): boolean {
  return one.family !== other.family && one.bornMs !== other.bornMs;
}

/** The numbers of one patient with the name and birth of another. */
function mixedUp(person: Person, { family, given, bornMs }: Person): Person {
  return { ...person, family, given, bornMs };
}

/** What a stainer tells of itself, which no mapping takes. */
function unknownType(controlId: string, nowMs: number): DemoMessage {
  const sentMs = nowMs - minuteMs;
  return messageOf({
    from: laboratorySystems.histology,
    controlId,
    type: "EAN^U09",
    sentMs,
    segments: [
      segment("EQU", { 1: "STAINER-2^CGH-LAB", 2: hl7Time(sentMs), 3: "OP^In operation^HL70365" }),
      segment("NDS", { 1: "1", 2: hl7Time(sentMs), 3: "N^Normal^HL70367", 4: "LOW^Reagent is running low^L" }),
    ],
  });
}
