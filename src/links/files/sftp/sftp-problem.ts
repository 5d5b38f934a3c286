import { notFound, type Problem, unavailable } from "#kernel";

/** Codes of SSH_FXP_STATUS. Source: draft-ietf-secsh-filexfer-02 §7. */
const noSuchFile = 2;
const permissionDenied = 3;

/** What the server says of a file or folder, in a sentence for who looks after it. */
export function sftpProblem(cause: unknown, place: string): Problem {
  if (isProblem(cause)) return cause;
  const { code } = (cause ?? {}) as { readonly code?: unknown };
  switch (code) {
    case noSuchFile:
      return notFound("folder-missing", `The folder ${place} is not there.`, { cause });
    case permissionDenied:
      return unavailable("folder-forbidden", `The server does not let Corridor read or write in ${place}.`, { cause });
    default:
      return unavailable("folder-failed", `The server failed with ${place}; its disk may be full.`, { cause });
  }
}

/** A problem that was thrown on its way through a library's callbacks. */
function isProblem(cause: unknown): cause is Problem {
  return typeof cause === "object" && cause !== null && "category" in cause && "message" in cause;
}

export function isNoSuchFile(cause: unknown): boolean {
  return (cause as { readonly code?: unknown } | undefined)?.code === noSuchFile;
}
