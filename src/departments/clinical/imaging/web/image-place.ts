import type { ImageAddress } from "#imaging";
import { failed, type HttpRequest, incorrect, okUnless, type Problem, type Result } from "#kernel";

const names = ["study", "series", "instance"] as const;

/** Where DICOMweb is, as the caller calls it. */
export const servicePath = "/dicomweb";

/** What the path of a request names that has these parameters and no others. Problems: `uid-invalid`, `parameter-unknown`. */
export function placeOf(request: HttpRequest, parameters: readonly string[]): Result<ImageAddress> {
  const place = addressIn(request);
  if (!place.ok) return place;
  const known = onlyParameters(request, parameters);
  return known.ok ? place : known;
}

/** What the path of a request names. Problem: `uid-invalid`. */
export function addressIn({ params }: HttpRequest): Result<ImageAddress> {
  const problems: Problem[] = [];
  const address: Record<string, string> = {};
  for (const name of names) {
    const uid = params[name];
    if (uid === undefined) continue;
    if (!/^[0-9.]{1,64}$/.test(uid)) {
      const message = `The UID of the ${name} is digits and full stops, 64 at most.`;
      problems.push(incorrect("uid-invalid", message, { where: name }));
    }
    address[name] = uid;
  }
  return okUnless(problems, address);
}

/** `http://…/dicomweb/studies/1.2/series/1.3/instances/1.4` */
export function addressUrl(origin: string, { study, series, instance }: ImageAddress): string {
  const parts = [
    ["studies", study],
    ["series", series],
    ["instances", instance],
  ] as const;
  const path = parts.map(([name, uid]) => (uid === undefined ? "" : `/${name}/${uid}`)).join("");
  return `${origin}${servicePath}${path}`;
}

/** What the caller accepts, in header and parameters. */
export function acceptOf({ headers, query }: HttpRequest) {
  return {
    header: headers.accept,
    parameter: query.get("accept"),
    charset: query.get("charset"),
  };
}

/** The parameters that any request may have are taken; others are refused. Problem: `parameter-unknown`. */
export function onlyParameters({ query }: HttpRequest, known: readonly string[]): Result<void> {
  const allowed = [...known, "accept", "charset"];
  const unknown = [...query.keys()].filter((name) => !allowed.includes(name));
  const [first, ...rest] = unknown.map((name) => {
    const shown = name.slice(0, 64);
    const message = `${shown} is no parameter of this request, which takes ${allowed.join(", ")}.`;
    return incorrect("parameter-unknown", message, { where: shown });
  });
  return first === undefined ? { ok: true, value: undefined } : failed(first, ...rest);
}
