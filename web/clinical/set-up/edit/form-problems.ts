import type { CheckReport } from "#departments/clinical/api";

export type Problem = CheckReport["problems"][number];

/** What the check says of one file, by the place in it. */
export interface FileProblems {
  /** The sentences about exactly this place. */
  at(place: string): string | undefined;
  /** About this place and everything in it: for fields that show a whole list. */
  within(place: string): string | undefined;
  readonly count: number;
}

export function problemsOf(problems: readonly Problem[], path: string): FileProblems {
  const ofFile = problems.flatMap(({ where = "", message }) => {
    if (where !== path && !where.startsWith(`${path}: `)) return [];
    const place = where.slice(path.length + 2);
    return [{ place, text: sentence(message, where) }];
  });
  const texts = (isMeant: (place: string) => boolean) =>
    ofFile
      .filter(({ place }) => isMeant(place))
      .map(({ text }) => text)
      .join(" ") || undefined;
  return {
    at: (place) => texts((each) => each === place),
    within: (place) => texts((each) => each === place || each.startsWith(`${place}[`) || each.startsWith(`${place}.`)),
    count: ofFile.length,
  };
}

/** `Give a whole number from 0 to 65535.`: the place stands at the field already. */
function sentence(message: string, where: string): string {
  const text = message.startsWith(`${where}: `) ? message.slice(where.length + 2) : message;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The file that a problem is about: `links/lab.json`. */
export function fileOf({ where = "" }: Problem): string {
  return where.split(": ")[0] ?? "";
}
