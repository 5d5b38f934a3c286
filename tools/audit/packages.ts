import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** A package that is installed, as it says of itself. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** As written there: `MIT`, `(MIT OR Apache-2.0)`; undefined: it says nothing. */
  readonly licence: string | undefined;
  /** Only tests and tools need it. */
  readonly isForDevelopment: boolean;
  /** It wants to run commands when it is installed. */
  readonly hasInstallScript: boolean;
  /** Days since its files were packed, where they tell. */
  readonly ageDays: number | undefined;
}

interface Locked {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly license?: string;
  readonly link?: boolean;
}

/** What `package-lock.json` lists and `node_modules` holds; what is for other systems only is left out. */
export function installedPackages(root: string, nowMs: number): readonly InstalledPackage[] {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as Locked;
  return Object.entries(lock.packages).flatMap(([path, locked]) => {
    const file = join(root, path, "package.json");
    if (path === "" || locked.link === true || !existsSync(file)) return [];
    const own = JSON.parse(readFileSync(file, "utf8")) as { readonly license?: unknown; readonly licenses?: unknown };
    return [
      {
        name: path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length),
        version: locked.version ?? "",
        licence: licenceOf(own) ?? locked.license ?? licenceByFile(join(root, path)),
        isForDevelopment: locked.dev === true || locked.devOptional === true,
        hasInstallScript: locked.hasInstallScript === true,
        ageDays: ageOf(statSync(file).mtimeMs, nowMs),
      },
    ];
  });
}

const dayMs = 24 * 60 * 60_000;

/** Many packers write one day of 1985 for every file, and an installation may write its own. */
function ageOf(packedMs: number, nowMs: number): number | undefined {
  const days = Math.floor((nowMs - packedMs) / dayMs);
  return days > 0 && days < 365 * 20 ? days : undefined;
}

/** By the first line of the licence itself, of packages that bring one and do not name it. */
function licenceByFile(folder: string): string | undefined {
  const file = join(folder, "LICENSE");
  const beginning = existsSync(file) ? readFileSync(file, "utf8").slice(0, 400) : "";
  if (/^\s*(The )?MIT License/i.test(beginning)) return "MIT";
  return /^\s*Apache License\s+Version 2\.0/i.test(beginning) ? "Apache-2.0" : undefined;
}

/** Older packages have an object, or a list of them. */
function licenceOf(own: { readonly license?: unknown; readonly licenses?: unknown }): string | undefined {
  const given = [own.license ?? own.licenses ?? []].flat();
  const names = given.map((each) => (typeof each === "string" ? each : (each as { readonly type?: string }).type));
  const known = names.filter((name) => name !== undefined && name !== "");
  return known.length === 0 ? undefined : known.join(" OR ");
}
