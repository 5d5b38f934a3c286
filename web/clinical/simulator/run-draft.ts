import type { StartRun } from "#departments/clinical/api";

/** The form as it is filled in. */
export interface RunDraft {
  readonly target: string;
  readonly enhanced: boolean;
  readonly source: "day" | "files";
  readonly date: string;
  readonly seed: string;
  readonly patients: string;
  readonly files: readonly File[];
  readonly pace: "speed" | "rate" | "acknowledged";
  readonly times: string;
  readonly perSecond: string;
  readonly connections: string;
  readonly isCompared: boolean;
  readonly expected: readonly File[];
  readonly port: string;
  readonly masks: string;
}

export const newDraft: RunDraft = {
  target: "",
  enhanced: false,
  source: "day",
  date: "",
  seed: "1",
  patients: "300",
  files: [],
  pace: "acknowledged",
  times: "60",
  perSecond: "20",
  connections: "4",
  isCompared: false,
  expected: [],
  port: "2600",
  masks: "MSH-7, MSH-10",
};

const quietSeconds = 5;

/** Whether all that is needed is filled in; whether it is right, the server says. */
export function isComplete(draft: RunDraft): boolean {
  const hasTraffic = draft.source === "day" ? draft.date !== "" : draft.files.length > 0;
  return draft.target !== "" && hasTraffic && (!draft.isCompared || draft.expected.length > 0);
}

/** What is asked of the server; files are read here. */
export async function orderOf(draft: RunDraft): Promise<StartRun> {
  const { target, enhanced, isCompared } = draft;
  const order = {
    title: titleOf(draft),
    target,
    enhanced,
    traffic: await trafficOf(draft),
    pace: paceOf(draft),
    connections: Number(draft.connections),
  };
  if (!isCompared) return order;
  const masks = draft.masks.split(/[\s,]+/).filter((place) => place !== "");
  const files = await read(draft.expected);
  return { ...order, expected: { files, port: Number(draft.port), masks, quietSeconds } };
}

function titleOf({ source, date, files }: RunDraft): string {
  if (source === "day") return `Day of ${date}`;
  return files.length === 1 ? (files[0]?.name ?? "A file") : `${files.length} files`;
}

async function trafficOf({ source, date, seed, patients, files }: RunDraft): Promise<StartRun["traffic"]> {
  if (source === "day") return { by: "day", date, seed: Number(seed), patients: Number(patients) };
  const name = files.length === 1 ? (files[0]?.name ?? "") : `${files[0]?.name} and ${files.length - 1} more`;
  return { by: "files", name, files: await read(files) };
}

function paceOf({ pace, times, perSecond }: RunDraft): StartRun["pace"] {
  switch (pace) {
    case "speed":
      return { by: "speed", times: Number(times) };
    case "rate":
      return { by: "rate", perSecond: Number(perSecond) };
    case "acknowledged":
      return { by: "acknowledged" };
  }
}

function read(files: readonly File[]): Promise<{ name: string; base64: string }[]> {
  return Promise.all(files.map(async (file) => ({ name: file.name, base64: base64Of(await file.bytes()) })));
}

/** Piece by piece: a call has a bound on its arguments. */
function base64Of(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 8_192) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8_192)));
  return btoa(pieces.join(""));
}
