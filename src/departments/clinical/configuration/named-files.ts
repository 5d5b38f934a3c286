import type { ReadConfiguration } from "./configuration.ts";

/** A file of this machine that a configuration names, and where it does. */
export interface NamedFile {
  readonly path: string;
  readonly file: string;
  readonly place: string;
}

/** Certificates, keys, passwords and secret headers. Folders are made or found when they are opened. */
export function namedFiles({ configuration, pathOf }: ReadConfiguration): readonly NamedFile[] {
  const ofLinks = configuration.links.flatMap(({ name, intake }) => inside(intake, pathOf("links", name), "intake"));
  const ofDestinations = configuration.destinations.flatMap(({ name, outlet }) =>
    inside(outlet, pathOf("destinations", name), "outlet"),
  );
  return [...ofLinks, ...ofDestinations];
}

const fileElements = ["certificate", "key", "clientAuthority", "authority", "passwordFile"];

function inside(settings: object, file: string, place: string): readonly NamedFile[] {
  return Object.entries(settings).flatMap(([name, value]: [string, unknown]): readonly NamedFile[] => {
    const within = `${place}.${name}`;
    if (fileElements.includes(name) && typeof value === "string") return [{ path: value, file, place: within }];
    if (name === "tls" && typeof value === "object" && value !== null) return inside(value, file, within);
    if (name !== "secretHeaders") return [];
    const headers = Object.entries(value as Readonly<Record<string, string>>);
    return headers.map(([header, path]) => ({ path, file, place: `${within}.${header}` }));
  });
}
