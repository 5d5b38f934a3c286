/** Why a picture cannot be shown, in one plain sentence, from whatever was thrown while it was loaded. */
export function whyNotShown(error: unknown): string {
  const status = refusalOf(error);
  if (status === 404) return "its pixels are not there, or you may not see them.";
  if (status === 401) return "your session has ended. Sign in again.";
  if (status === 406) return "it is compressed in a way that Corridor cannot send to a browser.";
  if (status !== undefined && status >= 500) return "Corridor could not read its pixels.";
  if (status === 0) return "Corridor does not answer. Check the network.";
  const text = error instanceof Error ? error.message : typeof error === "string" ? error : "";
  const syntax = /no decoder for transfer syntax ([\d.]+)/i.exec(text)?.[1];
  if (syntax !== undefined) return `${syntaxName(syntax)} cannot be decoded in a browser.`;
  if (/pixel data is missing/i.test(text)) return "it has no pixels.";
  return "its pixels could not be decoded; the file may be damaged.";
}

/** The status of an answer other than the picture; undefined where the picture came. */
export function refusalOf(error: unknown): number | undefined {
  if (error instanceof XMLHttpRequest) return error.status;
  if (typeof error !== "object" || error === null) return undefined;
  const inner = "error" in error ? error.error : "request" in error ? error.request : undefined;
  return inner === undefined ? undefined : refusalOf(inner);
}

function syntaxName(uid: string): string {
  if (/^1\.2\.840\.10008\.1\.2\.4\.10\d/.test(uid)) return "MPEG video";
  return `Its compression (transfer syntax ${uid})`;
}
