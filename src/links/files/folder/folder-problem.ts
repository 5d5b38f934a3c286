import { type Problem, unavailable } from "#kernel";

/** What the system says of a folder, in a sentence for who looks after it. */
export function folderProblem(cause: unknown, folder: string): Problem {
  const { code = "" } = cause as NodeJS.ErrnoException;
  const known = knownFaults[code];
  if (known === undefined) {
    return unavailable("folder-failed", `The folder ${folder} cannot be used (${code || "unknown reason"}).`, {
      cause,
    });
  }
  return unavailable(known.code, known.text(folder), { cause });
}

interface Fault {
  readonly code: string;
  text(folder: string): string;
}

const missing: Fault = {
  code: "folder-missing",
  text: (folder) => `The folder ${folder} is not there; make it, or mount what it is on.`,
};

const forbidden: Fault = {
  code: "folder-forbidden",
  text: (folder) => `Corridor may not read or write in ${folder}; give its user the right to.`,
};

const full: Fault = { code: "folder-full", text: (folder) => `The disk of ${folder} is full; make room.` };

const knownFaults: Readonly<Record<string, Fault>> = {
  ENOENT: missing,
  ENOTDIR: missing,
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: { code: "folder-forbidden", text: (folder) => `The folder ${folder} can only be read.` },
  ENOSPC: full,
  EDQUOT: full,
};
